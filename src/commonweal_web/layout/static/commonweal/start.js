// Wakes GOV.UK Frontend's components. Every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const components = document.querySelector('link[rel="modulepreload"]');
if (components) {
  import(components.href).then(({ initAll }) => initAll());
}
