"""Which browser, on what kind of machine, is meant by what a browser says of itself?"""

# In this order: most of them also name those they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def browser_named(user_agent: str) -> str:
    """Return the words for a browser that somebody recognises it by."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "An unknown browser")
    machine = next((name for sign, name in MACHINES if sign in user_agent), None)
    return f"{browser} on {machine}" if machine else browser
