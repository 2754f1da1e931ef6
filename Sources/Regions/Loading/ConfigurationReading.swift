import Basics
import Programme

/// One run over a configuration folder: shared files are read once.
struct ConfigurationReading {
  let folder: ConfigurationFolder
  var diagnostics: [Diagnostic] = []
  /// The folder without links: what is read must be in it.
  let root: String?
  private var shared: (programme: Value, topics: Value)?
  /// topics.yaml's topics, where it was read.
  var topics: Value? { shared?.topics }
  /// Whether the shared files were read without an error.
  private var sharedIsSound = true
  private var shippedForms: [String: Value?] = [:]
  private var shippedTopics: TopicCatalogue?

  init(_ folder: ConfigurationFolder) {
    self.folder = folder
    root = SystemCall.realPath(folder.path)
  }

  /// The names in a folder; what is wrong with it is reported.
  private mutating func names(in folder: String) -> [String] {
    do throws(ConfigurationError) {
      return try ConfigurationBytes.names(in: folder)
    } catch {
      diagnostics += error.diagnostics
      return []
    }
  }

  /// A file as a checked value; nil where it cannot be read.
  mutating func value(
    _ path: String, within root: String?, _ settings: [Setting], _ layer: Setting.Layer, named name: String
  ) -> Value? {
    do throws(ConfigurationError) {
      let bytes = try ConfigurationBytes.read(path, shown: path, within: root)
      let found = ConfigurationReading.value(bytes, file: path, settings, layer, named: name)
      diagnostics += found.diagnostics
      return found.value
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  /// The text of a file as a checked value, nil where it holds none, and all that is wrong with it.
  ///
  /// - Parameters:
  ///   - file: its name in messages.
  ///   - name: its name without folders.
  static func value(
    _ bytes: [UInt8], file: String, _ settings: [Setting], _ layer: Setting.Layer, named name: String
  ) -> (value: Value?, diagnostics: [Diagnostic]) {
    let document = YAMLDocument(bytes, file: file)
    guard let node = document.root else {
      return (
        nil,
        document.diagnostics.isEmpty
          ? [
            Diagnostic(
              .error, "is empty: state what differs, or delete the file", file: file, code: "empty-file")
          ] : document.diagnostics
      )
    }
    var reader = SchemaReader(file: file, layer: layer)
    let value = reader.value(node, .record(settings), named: name)
    return (value, document.diagnostics + reader.diagnostics)
  }

  private mutating func sharedFiles() -> (programme: Value, topics: Value) {
    if let shared { return shared }
    let before = errorCount
    let programme =
      value(folder.programmeFile, within: root, RegionSchema.settings, .programme, named: "programme.yaml")
    let topics =
      ConfigurationBytes.exists(folder.topicsFile)
      ? value(folder.topicsFile, within: root, TopicSchema.settings, .programme, named: "topics.yaml") : nil
    if let programme {
      diagnostics += Completeness.missing(
        programme, RegionSchema.settings, at: .programme, named: "programme.yaml", placed: "here")
      diagnostics += Headquarters(programme: programme).mistakes()
    }
    let result = (
      programme ?? .empty(folder.programmeFile), topics?["topics"] ?? .empty(folder.topicsFile)
    )
    shared = result
    sharedIsSound = errorCount == before
    return result
  }

  var programme: Value {
    mutating get { sharedFiles().programme }
  }

  /// - Parameter readsForms: false for whoever drafts one, and must not stumble over those that are there.
  mutating func region(_ id: String, readsForms: Bool = true) -> EffectiveRegion? {
    let own = folder.folder(of: id)
    guard Shape.Text.identifier.fault(id) == nil, ConfigurationBytes.isFolder(own) else {
      let nearest = NearestName.question(id, among: names(in: folder.path + "/regions"))
      diagnostics.append(
        Diagnostic(
          .error,
          ConfigurationBytes.isFolder(folder.path)
            ? "no region `\(id)`\(nearest ?? ": `tandem-region list` names those there are")"
            : "no such configuration folder: name it with --config or $TANDEM_CONFIG",
          file: folder.path, code: "no-region"))
      return nil
    }
    let (programme, topics) = sharedFiles()
    let before = errorCount
    let path = own + "/region.yaml"
    // A region's files stay in its folder, wherever that is linked to from.
    let root = SystemCall.realPath(own)
    let stated = value(path, within: root, RegionSchema.settings, .region, named: "region.yaml")
    if let stated { diagnostics += Headquarters(programme: programme).violations(of: stated) }
    let effective = Value(
      programme.overlaid(by: stated ?? .empty(path)).content, stated?.origin ?? Value.empty(path).origin)
    if stated != nil {
      for layer in [Setting.Layer.region, .site, .cohort] {
        diagnostics += Completeness.missing(
          effective, RegionSchema.settings, at: layer, named: "region.yaml", placed: "here")
      }
    }
    let forms = readsForms ? forms(of: own, root: root, effective) : []
    let catalogue = catalogue(topics, effective)
    var region: Region?
    if stated != nil, sharedIsSound, errorCount == before {
      do throws(ValueReader.Missing) {
        var typed: [Form] = []
        for (name, value) in forms { typed.append(try Form(name: name, value: value)) }
        region = try Region(id: id, value: effective, forms: typed, catalogue: catalogue, folder: own)
      } catch {
        diagnostics.append(error.diagnostic)
      }
    }
    return EffectiveRegion(
      id: id, folder: own, value: effective, forms: forms, isRead: stated != nil, region: region)
  }

  var errorCount: Int { diagnostics.count { $0.severity == .error } }

  // MARK: Forms

  private mutating func forms(of own: String, root: String?, _ effective: Value) -> [(
    name: String, value: Value
  )] {
    var forms: [(name: String, value: Value)] = []
    for file in names(in: own + "/forms") where file.hasSuffix(".yaml") {
      let path = own + "/forms/" + file
      let name = String(file.dropLast(5))
      guard let stated = value(path, within: root, FormSchema.settings, .region, named: file) else {
        continue
      }
      guard let form = adapted(stated) else { continue }
      forms.append((name, form))
    }
    for item in effective["forms"]?.items ?? [] {
      guard let name = item.text, !forms.contains(where: { $0.name == name }) else { continue }
      if let form = shippedForm(name, from: item.origin) { forms.append((name, form)) }
    }
    for (name, form) in forms {
      diagnostics += Completeness.missing(
        form, FormSchema.settings, at: .programme, named: name + ".yaml",
        placed: "here, or `use` a shipped form")
    }
    return forms.sorted { $0.name.precedesByBytes($1.name) }
  }

  private mutating func adapted(_ stated: Value) -> Value? {
    guard let use = stated["use"], let name = use.text else { return stated }
    guard let base = shippedForm(name, from: use.origin) else { return nil }
    return Value(base.overlaid(by: stated).content, stated.origin)
  }

  private mutating func shippedForm(_ name: String, from origin: Origin) -> Value? {
    if let known = shippedForms[name] { return known }
    let path = folder.path + "/forms/" + name + ".yaml"
    guard Shape.Text.identifier.fault(name) == nil, ConfigurationBytes.exists(path) else {
      let known = names(in: folder.path + "/forms").map { String($0.dropLast(5)) }
      let nearest = NearestName.question(name, among: known)
      let list = known.isEmpty ? ": none is shipped" : "; shipped are \(known.joined(separator: ", "))"
      diagnostics.append(
        origin.error("no shipped form `\(name)`\(nearest ?? list)", code: "unknown-form"))
      return nil
    }
    // Forms that use each other in a circle have no base: each is nil while it is read.
    shippedForms[name] = .some(nil)
    let form = value(path, within: root, FormSchema.settings, .programme, named: name + ".yaml").flatMap {
      adapted($0)
    }
    shippedForms[name] = .some(form)
    return form
  }

  /// The forms that are shipped, in the order of their names. One that is wrong is left out: a region that uses it reports
  /// what is wrong.
  mutating func allShippedForms() -> [Form] {
    names(in: folder.path + "/forms").filter { $0.hasSuffix(".yaml") }.compactMap { file in
      let name = String(file.dropLast(5))
      let origin = Origin(file: folder.path + "/forms/" + file, line: 1, column: 1)
      guard let value = shippedForm(name, from: origin) else { return nil }
      return try? Form(name: name, value: value)
    }
  }

  // MARK: Topics

  private mutating func catalogue(_ topics: Value, _ effective: Value) -> TopicCatalogue {
    if let own = effective[path: ["topics", "add"]], !own.entries.isEmpty {
      return TopicCatalogue(checked: ConfigurationReading.joined(topics, own))
    }
    if let shippedTopics { return shippedTopics }
    let catalogue = TopicCatalogue(checked: topics)
    shippedTopics = catalogue
    return catalogue
  }

  /// A region's words are beside those of headquarters, not in their place.
  private static func joined(_ shipped: Value, _ own: Value) -> Value {
    var result = shipped
    for entry in own.entries {
      guard let base = result[entry.name] else {
        result[entry.name] = entry.value
        continue
      }
      var topic = base
      for part in entry.value.entries {
        guard case .list(let words) = part.value.content, let known = topic[part.name],
          case .list(let earlier) = known.content
        else {
          topic[part.name] = part.value
          continue
        }
        topic[part.name] = Value(.list(earlier + words), part.value.origin)
      }
      result[entry.name] = topic
    }
    return result
  }
}
