"""Does a broken policy file name every line that is wrong, and what is wrong with it, in plain words?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.policy.faults import PolicyFaultsError
from passport.policy.toml import decoded, parse
from tests.passport.policy.files import SOUND, faults_of, line_of, with_change

# What is changed into what; where the fault then stands (by words of that line); and what is said of it.
BROKEN = [
    ("unknown key", "grace_days = 28\nforces", "graze_days = 28\nforces", "graze_days", "`graze_days` is not a key of this table; did you mean “grace_days”?"),
    ("unknown key within a table", 'kinds = ["officer"]', 'kind = ["officer"]', 'kind = ["officer"]', "`kind` is not a key of this table; did you mean “kinds”?"),
    ("unknown key within an inline table", "{ profiles =", "{ profile =", "{ profile =", "`profile` is not a key of this table; did you mean “profiles”?"),
    ("unknown table", "[profiles]", "[profile]", "[profile]", "`profile` is not known at the top of a policy; did you mean “profiles”?"),
    ("key that is missing", 'how_to_meet = "Train."\n', "", '[[requirement]]\ncode = "CED-TRAINER"', "`how_to_meet` is missing"),
    ("source that is missing", 'source = "tested, paragraph 9"\n', "", '[[requirement]]\ncode = "CED-TRAINER"', "`source` is missing"),
    ("source of a term that is missing", 'source = "tested, paragraph 3"\n', "", "[terms.probation]", "`source` is missing"),
    ("tag that is missing", 'tag = "K"\n', "", '[[requirement]]\ncode = "CED-TRAINER"', "`tag` is missing"),
    ("tag that is none", 'tag = "K"', 'tag = "v"', 'tag = "v"', "`tag` is “v”; known are “V”, “V-old”, “P”, “K”, “A” and “NF”"),
    ("blank source", '"tested, paragraph 9"', '"  "', 'source = "  "', "`source` is “  ”; it must be words on one line, and not empty"),
    ("words instead of a number", "months = 12\n", 'months = "12"\n', 'months = "12"', "`months` must be a whole number"),
    ("part of a number", "months = 12\n", "months = 12.5\n", "months = 12.5", "`months` must be a whole number"),
    ("a yes instead of a number", "grace_days = 28\nforces", "grace_days = true\nforces", "grace_days = true", "`grace_days` must be a whole number"),
    ("number too small", "months = 12\n", "months = 0\n", "months = 0", "`months` must be at least 1"),
    ("number too large", "months = 12\n", "months = 99999\n", "months = 99999", "`months` must be at most 600"),
    ("number without end", "level =", "hours = inf\nlevel =", "hours = inf", "`hours` must be a number"),
    ("number instead of words", 'title = "As tested"', "title = 3", "title = 3", "`title` must be words in quotes"),
    ("words instead of a yes", "level =", 'extended_by_absence = "yes"\nlevel =', "extended_by_absence", "`extended_by_absence` must be true or false"),
    ("words instead of a list", '["SAFETY"]', '"SAFETY"', "prerequisites =", '`prerequisites` must be a list, such as ["one", "another"]'),
    ("words instead of a day", "begins_on = 2026-01-01", 'begins_on = "2026-01-01"', "begins_on", "`begins_on` must be a day, without quotes, such as 2026-01-31"),
    ("instant instead of a day", "begins_on = 2026-01-01", "begins_on = 2026-01-01T10:00:00Z", "begins_on", "`begins_on` must be a day, without quotes, such as 2026-01-31"),
    ("day that is none", "begins_on = 2026-01-01", "begins_on = 2026-02-30", "begins_on", "there is no such day"),
    ("value instead of a table", '{ profiles = ["taser"] }', "3", "applies_to = 3", "`applies_to` must be a table of its own"),
    ("unknown effect", 'effect = "advisory"', 'effect = "advisery"', "advisery", "`effect` is “advisery”; did you mean “advisory”?"),
    ("unknown rank", '"inspector"', '"inspecter"', "inspecter", "`highest_rank` is “inspecter”; did you mean “inspector”?"),
    ("unknown kind", '["officer"]', '["officer", "dog"]', '"dog"', "`kinds` is “dog”; known are “officer”, “special constable”, “pcso”, “staff” and “volunteer”"),
    ("unknown absence", '"long-term sickness"', '"sickness"', 'kind = "sickness"', "`kind` is “sickness”; did you mean “long-term sickness”?"),
    ("unknown anchor", '"fixed date"', '"fixed"', 'anchor = "fixed"', "`anchor` is “fixed”; did you mean “fixed date”?"),
    ("unknown setting", '["level", "grace_days", "validity_months"]', '["grace"]', "forces_may_set", "`forces_may_set` is “grace”; did you mean “grace_days”?"),
    ("unknown profile", 'profiles = ["taser"]', 'profiles = ["tazer"]', "tazer", "the role profile “tazer” is not in [profiles]; did you mean “taser”?"),
    ("profile in capitals", 'taser = "C', 'Taser = "C', 'Taser = "C', "“Taser” must be small letters, and its title words in quotes"),
    ("unknown term", "[terms.grace]", "[terms.graces]", "[terms.graces]", "the term “graces” is not known; did you mean “grace”?"),
    ("term in another unit", "days = 180", "months = 5", "months = 5", "`months` does not fit: “renewal_window” is counted in `days`"),
    ("notice given twice", "[30, 90, 7]", "[30, 90, 30]", "days_before", "the same number of days stands here twice"),
    ("notice of no days", "[30, 90, 7]", "[]", "days_before", "`days_before` must name at least one"),
    ("code in small letters", 'code = "CHECK"', 'code = "check"', 'code = "check"', "`code` is “check”; a code is capitals, digits and hyphens, such as PPST or PLP-STAGE-1"),
    ("code given twice", 'code = "CHECK"', 'code = "CED"', 'code = "CED"\ntitle = "Wellbeing', "the code “CED” has been given before"),
    ("prerequisite unknown", '["SAFETY"]', '["SAFTY"]', "SAFTY", "there is no requirement “SAFTY”; did you mean “SAFETY”?"),
    ("higher one unknown", '["CED-TRAINER"]', '["CED-TRAINOR"]', "CED-TRAINOR", "there is no requirement “CED-TRAINOR”; did you mean “CED-TRAINER”?"),
    ("needs itself", '["SAFETY"]', '["CED"]', "prerequisites", "CED needs itself: CED → CED"),
    ("meets itself", '["CED-TRAINER"]', '["CED"]', "satisfied_by", "CED would be higher than itself: CED → CED"),
    ("rests on the force's duty", '["SAFETY"]', '["CHECK"]', "prerequisites", "“CHECK” is the force's duty, so nothing of the officer's can hang on it"),
    ("met by the force's duty", '["CED-TRAINER"]', '["CHECK"]', "satisfied_by", "“CHECK” is the force's duty, so nothing of the officer's can hang on it"),
    ("force's duty that stops a power", 'effect = "licence core"\nduty', 'effect = "role gate"\nduty', 'effect = "role gate"', "what is the force's duty can stop no power and close no door to the officer"),
    ("ranks the wrong way round", 'lowest_rank = "constable"', 'lowest_rank = "superintendent"', "lowest_rank", "“superintendent” is above the highest rank, “inspector”"),
    ("hours that keep an anniversary", 'level = "5.4"', 'hours_in_all = 12\nlevel = "5.4"', "hours_in_all", "`hours_in_all` cannot keep an anniversary: each time holds from its own day"),
    ("hours of the force's duty", 'duty = "force"', 'duty = "force"\nhours_in_all = 12', "hours_in_all", "`hours_in_all` does not fit: what a force offers takes no hours of the officer"),
    ("30 February", '"31 March"', '"30 February"', "30 February", "`fixed_day` is “30 February”; a day of the year is written 31 March"),
    ("day of no month", '"31 March"', '"31/03"', "31/03", "`fixed_day` is “31/03”; a day of the year is written 31 March"),
    ("fixed date without its day", 'fixed_day = "31 March"\n', "", "[requirement.validity]\nmonths = 24", "the anchor “fixed date” and a `fixed_day` belong together"),
    ("fixed day without its anchor", 'anchor = "fixed date"\n', "", "fixed_day", "the anchor “fixed date” and a `fixed_day` belong together"),
    ("anniversary without a window", "renewal_window_days = 60\n", "", "[requirement.validity]\nmonths = 12", "an anniversary needs the days in which it can be renewed"),
    ("window without an anniversary", 'anchor = "anniversary"\n', "", "minimum_gap_days", "`minimum_gap_days` serves the anchor “anniversary” only"),
    ("gap as long as the validity", "= 240", "= 400", "minimum_gap_days", "`minimum_gap_days` is as long as the validity itself"),
    ("stop without its authority", 'authority = "conducted energy device"\n', "", '[[requirement]]\ncode = "CED"\n', "an operational stop names the authority that it stops: `authority`"),
    ("authority without a stop", 'level = "5.4"', 'authority = "x"', 'authority = "x"', "only an operational stop has an authority; this is “licence core”"),
    ("stop with grace", 'prerequisites = ["SAFETY"]', "grace_days = 3", "grace_days = 3", "an operational stop has no grace: the power stops on its day"),
    ("level to set where there is none", 'level = "5.4"\n', "", "forces_may_set", "forces may set `level`, but the requirement has none"),
    ("words over two lines", '"Book a day."', '"""Book\na day."""', 'how_to_meet = """Book', "`how_to_meet` is “Book\na day.”; it must be words on one line, and not empty"),
    ("absence given twice", "[profiles]", '[[absence]]\nkind = "long-term sickness"\nsource = "twice"\ntag = "A"\n[profiles]', 'kind = "long-term sickness"\nsource', "“long-term sickness” has been given before"),
    ("one requirement for a list of them", "[profiles]", "[terms.appeal]\n[profiles]", "[terms.appeal]", "`title` is missing"),
    ("key given twice", 'level = "5.4"', 'level = "5.4"\nlevel = "3.7"', 'level = "3.7"', "this key has been given before"),
    ("table given twice", "[profiles]", "[profiles]\n[profiles]", "[profiles]\ntaser", "this table has been given before, or under another form"),
    ("words without quotes", '"Book a day."', "Book a day.", "how_to_meet = Book", "the value is not one: words stand in quotes, a day is written 2026-01-31"),
    ("quotes not closed", '"Book a day."', '"Book a day.', 'how_to_meet = "Book a day.', "the quotes are not closed on the same line, or a character is not allowed here"),
    ("key without a value", "days = 180", "days", "days\nsource", "a key is followed by = and its value"),
    ("something after the value", "days = 180", "days = 180 days", "days = 180 days", "something stands after the value that does not belong there"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "at", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_fault_is_named_with_its_line(old: str, new: str, at: str, words: str) -> None:
    text = with_change(old, new)
    line = text[: text.index(at)].count("\n") + 1
    assert (line, words) in [(fault.line, fault.words) for fault in faults_of(text)]


def test_the_file_that_is_broken_here_is_sound_before() -> None:
    assert faults_of(SOUND) == ()


def test_all_faults_are_named_at_once_in_the_order_of_their_lines() -> None:
    text = with_change("months = 60", 'months = "60"')
    text = with_change('"31 March"', '"30 February"', text)
    text = with_change('["CED-TRAINER"]', '["NOBODY"]', text)
    text = with_change('tag = "K"', 'tag = "sure"', text)
    at = [line_of(words, text) for words in ('months = "60"', "NOBODY", "30 February", '"sure"')]
    assert [fault.line for fault in faults_of(text)] == at


def test_hours_that_add_up_are_no_first_time_and_meet_nothing_that_is_met_at_once() -> None:
    trainer = 'effect = "advisory"\nhow_to_meet = "Train."'
    text = with_change(trainer, f"hours_in_all = 12\ninitial_hours = 18\n{trainer}")
    assert [fault.words for fault in faults_of(text)] == [
        "“CED-TRAINER” adds up hours: one part of it cannot meet what is met at one time",
        "`initial_hours` does not go with `hours_in_all`: the hours count, however many times they take",
    ]


def test_a_circle_of_three_is_named_at_each_of_its_links() -> None:
    text = with_change('level = "5.4"', 'level = "5.4"\nprerequisites = ["CED-TRAINER"]')
    text = with_change('how_to_meet = "Train."', 'how_to_meet = "Train."\nprerequisites = ["CED"]', text)
    assert [fault.words for fault in faults_of(text)] == [
        "SAFETY needs itself: SAFETY → CED-TRAINER → CED → SAFETY",
        "CED needs itself: CED → SAFETY → CED-TRAINER → CED",
        "CED-TRAINER needs itself: CED-TRAINER → CED → SAFETY → CED-TRAINER",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the policy asks for nothing: there is no [[requirement]]"),
        ("requirement = 3", "`requirement` must be a list of tables, each written [[requirement]]"),
        ("[requirement]\ncode = 3", "`requirement` must be a list of tables, each written [[requirement]]"),
        ("terms = 3", "`terms` must be a table, written [terms]"),
        ("terms = []", "`terms` must be a table, written [terms]"),
        ("requirement = [3]", "this must be a table of its own"),
        ("[terms]\ngrace = 28", "this must be a table of its own"),
        ("x = [1", "the list is not closed with ]"),
        ("[terms", "the name of a table is not closed with ]"),
        ("= 3", "this is neither a key nor the name of a table"),
        ("x = " + "[" * 5000, "lists or tables stand too deep within one another"),
        ("x = 1\n" * 200_000, "the file is longer than 1,000,000 characters"),
    ],
)
def test_what_is_no_policy_at_all_is_told(text: str, words: str) -> None:
    assert words in [fault.words for fault in faults_of(text)]


def test_a_fault_is_a_problem_that_tells_every_line() -> None:
    with pytest.raises(PolicyFaultsError, match=r"Line 3: `begins_on` must be a day") as raised:
        parse(with_change("begins_on = 2026-01-01", "begins_on = 1"))
    assert raised.value.status == 400


def test_a_file_from_any_editor_is_read_the_same() -> None:
    windows = b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()
    assert decoded(windows) == SOUND


def test_a_file_in_another_encoding_names_the_line_of_the_first_such_character() -> None:
    content = SOUND.replace("Book a day.", "Book a caf\u00e9 day.").encode("cp1252")
    with pytest.raises(PolicyFaultsError) as raised:
        decoded(content)
    assert [fault.line for fault in raised.value.faults] == [line_of("Book a day.", SOUND)]


@given(st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_its_faults_lie_within_it(data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["drop", "twice", "swap", "value", "text"]))
    if kind == "drop":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "swap":
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "value":
        key = lines[at].partition("=")[0]
        value = data.draw(
            st.sampled_from(
                ["true", "-1", "0.5", "nan", '""', "[]", "[[1]]", "{}", "2026-01-01", "07:32:00", "[{}]"]
            )
        )
        lines[at] = f"{key}= {value}"
    else:
        lines[at] = data.draw(st.text(max_size=20))
    text = "\n".join(lines)
    assert all(1 <= fault.line <= max(1, text.count("\n") + 1) for fault in faults_of(text))
