// A plugin of Swagger UI: above an operation's responses, a tab for each of its x-codeSamples.
function codeSamples({ React }) {
  const element = React.createElement;
  const REMEMBERED = "tintype.language";
  const CHOSEN = "tintype-language-chosen";

  // Whoever chooses a language chooses it for all operations, also after a reload.
  function useLanguage() {
    const [language, set] = React.useState(localStorage.getItem(REMEMBERED));
    React.useEffect(() => {
      const follow = (event) => set(event.detail);
      addEventListener(CHOSEN, follow);
      return () => removeEventListener(CHOSEN, follow);
    }, []);
    const choose = (label) => {
      localStorage.setItem(REMEMBERED, label);
      dispatchEvent(new CustomEvent(CHOSEN, { detail: label }));
    };
    return [language, choose];
  }

  function Copy({ text }) {
    const [done, tell] = React.useState(false);
    const copy = async () => {
      await navigator.clipboard.writeText(text);
      tell(true);
      setTimeout(() => tell(false), 2000);
    };
    // Pages without TLS have no clipboard.
    return navigator.clipboard
      ? element("button", { type: "button", className: "code-samples-copy", onClick: copy }, done ? "Copied" : "Copy")
      : null;
  }

  function Samples({ samples }) {
    const [language, choose] = useLanguage();
    const shown = samples.find(({ label }) => label === language) ?? samples[0];
    const tab = ({ label }) =>
      element(
        "button",
        { key: label, type: "button", "aria-pressed": label === shown.label, onClick: () => choose(label) },
        label,
      );
    return element(
      "div",
      { className: "code-samples" },
      element(
        "div",
        { className: "opblock-section-header" },
        element("h4", null, "Code"),
        element("div", { className: "code-samples-tabs" }, samples.map(tab)),
      ),
      element(
        "div",
        { className: "code-samples-source" },
        element(Copy, { text: shown.source, key: shown.label }),
        element("pre", { tabIndex: 0 }, element("code", null, shown.source)),
      ),
    );
  }

  const withSamples = (Responses) => (props) => {
    const { path, method, specSelectors } = props;
    const samples = specSelectors.specJson().getIn(["paths", path, method, "x-codeSamples"])?.toJS() ?? [];
    return element(
      React.Fragment,
      null,
      samples.length > 0 && element(Samples, { samples }),
      element(Responses, props),
    );
  };

  return { wrapComponents: { responses: withSamples } };
}
