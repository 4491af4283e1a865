import ts from "typescript"

// What a source file says, read from its syntax tree: strings and comments are not code.

/** One import or re-export, of values or types, however it is spelled. */
export interface Import {
  readonly line: number
  readonly specifier: string
}

/** Something wrong, and where. */
export interface Finding {
  readonly line: number
  readonly what: string
}

/** The syntax tree of a text. */
export const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS)

const collect = <A>(source: ts.SourceFile, pick: (node: ts.Node, line: number) => ReadonlyArray<A>): Array<A> => {
  const found: Array<A> = []
  const visit = (node: ts.Node): void => {
    found.push(...pick(node, source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The specifier a node imports from, whichever of the five spellings it is. */
const specifierOf = (node: ts.Node): ts.Node | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  if (ts.isExternalModuleReference(node)) return node.expression
  return undefined
}

/** Every import of a file. */
export const importsOf = (source: ts.SourceFile): ReadonlyArray<Import> =>
  collect(source, (node, line) => {
    const specifier = specifierOf(node)
    return specifier !== undefined && ts.isStringLiteralLike(specifier) ? [{ line, specifier: specifier.text }] : []
  })

const isName = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name

const forbiddenBy = (node: ts.Node): string | undefined => {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any"
  if (ts.isPropertyAccessExpression(node)) {
    if (isName(node.expression, "Date") && node.name.text === "now") return "Date.now"
    if (isName(node.expression, "Math") && node.name.text === "random") return "Math.random"
    if (isName(node.expression, "console")) return "console"
  }
  if (ts.isNewExpression(node) && isName(node.expression, "Date") && (node.arguments ?? []).length === 0) {
    return "new Date()"
  }
  const twice = ts.isAsExpression(node) && ts.isAsExpression(node.expression)
  return twice && node.expression.type.kind === ts.SyntaxKind.UnknownKeyword ? "as unknown as" : undefined
}

/** What the library may not use: ambient time, randomness and console, and ways round the type checker. */
export const forbiddenIn = (source: ts.SourceFile): ReadonlyArray<Finding> => [
  ...collect(source, (node, line) => {
    const what = forbiddenBy(node)
    return what === undefined ? [] : [{ line, what }]
  }),
  ...source.text
    .split("\n")
    .flatMap((text, index) =>
      [...text.matchAll(/@ts-(?:ignore|nocheck)/g)].map(([what]) => ({ line: index + 1, what }))
    )
]

/** Whether an expression is `Context.Tag("…")` or one of its kin, at any depth of calls. */
const makesTag = (node: ts.Node): boolean =>
  ts.isCallExpression(node)
    ? makesTag(node.expression)
    : ts.isPropertyAccessExpression(node) &&
      isName(node.expression, "Context") &&
      ["GenericTag", "Reference", "Tag"].includes(node.name.text)

/** Names of the Tags a file declares, as classes or as constants. */
export const tagsOf = (source: ts.SourceFile): ReadonlyArray<string> =>
  collect(source, (node) => {
    if (ts.isClassDeclaration(node) && node.name !== undefined) {
      const parents = (node.heritageClauses ?? []).flatMap((clause) => [...clause.types])
      return parents.some((parent) => makesTag(parent.expression)) ? [node.name.text] : []
    }
    const constant = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node : undefined
    return constant?.initializer !== undefined && makesTag(constant.initializer) ? [constant.name.getText(source)] : []
  })

/** Names a file takes, as values, from the module an import declaration names: `{ X }` or `Ns.X`. */
export const valuesTaken = (source: ts.SourceFile, clause: ts.ImportClause): ReadonlyArray<string> => {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword || clause.namedBindings === undefined) return []
  const bindings = clause.namedBindings
  if (ts.isNamedImports(bindings)) {
    return bindings.elements.filter((one) => !one.isTypeOnly).map((one) => (one.propertyName ?? one.name).text)
  }
  return collect(source, (node) =>
    ts.isPropertyAccessExpression(node) && isName(node.expression, bindings.name.text) ? [node.name.text] : []
  )
}
