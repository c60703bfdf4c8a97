// Starts the program that is installed already; everything that is said of rules comes from
// it. This file only carries it to the editor, and minds what runs from right to left.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function activate(context) {
  const settings = vscode.workspace.getConfiguration("mithaq");
  const language = settings.get("language");
  const args = [...(language ? ["--language", language] : []), "lsp"];
  const program = { command: settings.get("program") || "mithaq", args };
  const results = vscode.window.createOutputChannel("Mithaq");
  client = new LanguageClient("mithaq", "Mithaq", program, {
    documentSelector: [{ scheme: "file", language: "mithaq" }],
    outputChannel: results,
    synchronize: {
      fileEvents: vscode.workspace.createFileSystemWatcher("**/*.rules"),
    },
    middleware: {
      // What trying a rulebook gives is longer than a notice: it is shown in the log.
      async executeCommand(command, given, next) {
        const said = await next(command, given);
        if (said) results.show(true);
        return said;
      },
    },
  });
  context.subscriptions.push(results);
  hintDirection(context);
  await client.start();
}

// The editor sets no line from right to left by itself. Where a file is mostly Arabic it is
// said once that lines wrap and that a preview reads better than the columns look.
function hintDirection(context) {
  const seen = "mithaq.direction";
  const look = (editor) => {
    const arabic = /[\u0620-\u064a]/g;
    const latin = /[A-Za-z]/g;
    if (!editor || editor.document.languageId !== "mithaq") return;
    const text = editor.document.getText();
    const mostly = (text.match(arabic) || []).length > (text.match(latin) || []).length;
    if (!mostly || context.globalState.get(seen)) return;
    context.globalState.update(seen, true);
    vscode.window.showInformationMessage(
      "هذا الملف بالعربية. يعرض المحرّر الأسطر من اليسار، ولا أثر لذلك في معنى القواعد: "
        + "يُقرأ كل سطر كما كُتب، وتظهر القاعدة باتجاهها الصحيح عند الإشارة إليها."
    );
  };
  look(vscode.window.activeTextEditor);
  context.subscriptions.push(vscode.window.onDidChangeActiveTextEditor(look));
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
