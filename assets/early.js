// Runs before the page is painted, so that nothing jumps: tells the stylesheet that scripts are at work.
// GOV.UK Frontend has this inline; our content security policy allows files only.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
