//! ES modules as functions: a page that was opened as a file may not import, but it may run what stands in it.
//!
//! Only what the page's own scripts and wasm-bindgen write is known: imports and exports at the beginning of a line. Anything else
//! is refused by name, so that a new form is seen when the page is built and not when it is opened.

use crate::OneFileError;

/// The script that gives `inside/run.js` the module `name` as a function of its exports, of what stands for `import`, and of the
/// module's and the page's addresses; under names that no module has itself.
///
/// # Errors
/// If it imports or exports in a way that is not known.
pub(crate) fn to_function(name: &str, module: &str) -> Result<String, OneFileError> {
    let mut body = String::new();
    let mut exports = Vec::new();
    for line in joined_lists(module) {
        let new = import(&line).or_else(|| export(&line, &mut exports));
        let new = new.unwrap_or(line);
        if ["import ", "import{", "export ", "export{"].iter().any(|word| new.starts_with(word)) {
            return Err(OneFileError::Module { name: name.to_owned(), line: new });
        }
        body += &new;
        body.push('\n');
    }
    let body = body.replace("import.meta.url", "lockstepAddress.module").replace("document.baseURI", "lockstepAddress.page");
    let body = body.replace("import(", "lockstepImport(");
    let exports: Vec<String> = exports.iter().map(|(outside, inside)| format!("{outside}: {inside}")).collect();
    Ok(format!(
        "lockstepModules[{name:?}] = async (lockstepExports, lockstepImport, lockstepAddress) => {{\n\"use strict\";\n{body}\nObject.assign(lockstepExports, {{ {} }});\n}};\n",
        exports.join(", ")
    ))
}

/// The lines, where an import or export in braces over several lines is one.
fn joined_lists(module: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in module.lines() {
        match lines.last_mut().filter(|_| open) {
            Some(last) => *last = format!("{last} {}", line.trim()),
            None => lines.push(line.to_owned()),
        }
        let last = lines.last().map_or("", String::as_str);
        open = (last.starts_with("import {") || last.starts_with("export {")) && !last.contains('}');
    }
    lines
}

/// `import { a as b } from "x";` and its kin as a declaration that waits for the module.
fn import(line: &str) -> Option<String> {
    let rest = line.strip_prefix("import ")?.trim_end().trim_end_matches(';');
    let Some((names, address)) = rest.split_once(" from ") else { return Some(format!("await lockstepImport({rest});")) };
    let names = match (names.strip_prefix("* as "), names.starts_with('{')) {
        (Some(all), _) => all.to_owned(),
        (None, true) => names.replace(" as ", ": "),
        (None, false) => format!("{{ default: {names} }}"),
    };
    Some(format!("const {names} = await lockstepImport({address});"))
}

/// An export without the word, its names noted.
fn export(line: &str, exports: &mut Vec<(String, String)>) -> Option<String> {
    let rest = line.strip_prefix("export ")?;
    if let Some((names, _)) = rest.strip_prefix('{').and_then(|names| names.split_once('}')) {
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let (inside, outside) = name.split_once(" as ").unwrap_or((name, name));
            exports.push((outside.to_owned(), inside.to_owned()));
        }
        return Some(String::new());
    }
    if let Some(value) = rest.strip_prefix("default ") {
        return Some(format!("lockstepExports.default = {value}"));
    }
    let declared = rest.strip_prefix("async ").unwrap_or(rest);
    let name = ["function ", "class ", "const "].iter().find_map(|kind| declared.strip_prefix(kind))?;
    let name: String = name.chars().take_while(|letter| letter.is_alphanumeric() || "_$".contains(*letter)).collect();
    exports.push((name.clone(), name));
    Some(rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(module: &str) -> String {
        let function = to_function("a.js", module).expect("known forms");
        let (_, body) = function.split_once("\"use strict\";\n").expect("the beginning");
        body.trim_end().trim_end_matches("};").trim_end().to_owned()
    }

    #[test]
    fn exports_lose_the_word_and_are_handed_out_at_the_end() {
        let module = "export function f() {}\nexport class C {}\nexport const x = 1;\nexport { a, b as default };";
        let expected = "function f() {}\nclass C {}\nconst x = 1;\n\n\nObject.assign(lockstepExports, { f: f, C: C, x: x, a: a, default: b });";
        assert_eq!(body(module), expected);
        assert!(body("export default function f() {}").starts_with("lockstepExports.default = function f() {}"));
        assert!(body("export {\n  a,\n  b,\n};").ends_with("Object.assign(lockstepExports, { a: a, b: b });"));
    }

    #[test]
    fn imports_wait_for_the_module() {
        for (import, expected) in [
            ("import { a, b as c } from './x.js';", "const { a, b: c } = await lockstepImport('./x.js');"),
            ("import {\n  a,\n} from './x.js';", "const { a, } = await lockstepImport('./x.js');"),
            ("import d from \"./x.js\"", "const { default: d } = await lockstepImport(\"./x.js\");"),
            ("import * as all from './x.js';", "const all = await lockstepImport('./x.js');"),
            ("import './x.js';", "await lockstepImport('./x.js');"),
            ("const { a } = await import(address);", "const { a } = await lockstepImport(address);"),
            ("new URL('x.wasm', import.meta.url)", "new URL('x.wasm', lockstepAddress.module)"),
        ] {
            assert!(body(import).starts_with(expected), "{}", body(import));
        }
    }

    #[test]
    fn a_form_that_is_not_known_is_refused_by_name() {
        for line in ["export * from './x.js';", "export let x = 1;", "import{a}from'./x.js';"] {
            let refused = to_function("a.js", line).expect_err(line).to_string();
            assert!(refused.contains("a.js") && refused.contains(line), "{refused}");
        }
    }
}
