package import Basics
import Programme

/// The folder that holds programme.yaml, topics.yaml, the shipped forms and texts, and a folder for each region.
package struct ConfigurationFolder: Sendable {
  /// As given: diagnostics begin with it.
  package let path: String

  package init(path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// Where the configuration is: what was asked for, else `$TANDEM_CONFIG`, else `./Config`, else what was installed with
  /// the tools.
  package static func found(
    asked: String?, environment: [String: String], executable: String? = nil
  ) -> ConfigurationFolder {
    if let asked { return ConfigurationFolder(path: asked) }
    if let named = environment["TANDEM_CONFIG"], !named.isEmpty { return ConfigurationFolder(path: named) }
    if !ConfigurationBytes.isFolder("Config"), let executable,
      let real = SystemCall.realPath(executable)
    {
      let installed = installed(besideTool: real)
      if ConfigurationBytes.isFolder(installed) { return ConfigurationFolder(path: installed) }
    }
    return ConfigurationFolder(path: "Config")
  }

  /// `etc/tandem` under the prefix whose `bin` holds the tool; of a Debian package's `/usr/bin`, `/etc/tandem`, since a
  /// package's configuration lies there (Debian policy 10.7.2, FHS 3.7).
  package static func installed(besideTool tool: String) -> String {
    let prefix = tool.split(separator: "/").dropLast(2)
    return prefix == ["usr"] ? "/etc/tandem" : "/" + (prefix + ["etc", "tandem"]).joined(separator: "/")
  }

  package var programmeFile: String { path + "/programme.yaml" }
  package var topicsFile: String { path + "/topics.yaml" }
  package func folder(of region: String) -> String { path + "/regions/" + region }

  /// Every folder under regions/, by bytes.
  ///
  /// - Throws: one diagnostic where the folder cannot be listed.
  package func regionIDs() throws(ConfigurationError) -> [String] {
    try ConfigurationBytes.names(in: path + "/regions").filter {
      ConfigurationBytes.isFolder(path + "/regions/" + $0)
    }
  }

  /// The regions, in the order asked for; reads nothing of any other region.
  ///
  /// - Throws: all mistakes of the files read, sorted by file, line and column. Warnings do not stop it.
  package func load(_ ids: [String]) throws(ConfigurationError) -> [Region] {
    let (regions, diagnostics) = read(ids)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw ConfigurationError(diagnostics)
    }
    return regions.compactMap(\.region)
  }

  /// What the regions effectively are, however wrong, and all that is wrong with them.
  ///
  /// - Parameter readsForms: false: without their forms, and what is wrong with these.
  package func read(
    _ ids: [String], readsForms: Bool = true
  ) -> (regions: [EffectiveRegion], diagnostics: [Diagnostic]) {
    var reading = ConfigurationReading(self)
    var seen: Set<String> = []
    let regions = ids.filter { seen.insert($0).inserted }
      .compactMap { reading.region($0, readsForms: readsForms) }
    return (regions, Array(Set(reading.diagnostics)).sorted())
  }
}

/// A region's settings after all layers, each with its origin.
package struct EffectiveRegion: Sendable {
  package let id: String
  /// The folder as opened.
  package let folder: String
  /// programme.yaml overlaid by region.yaml.
  package let value: Value
  /// The region's forms after `use`, by name.
  package let forms: [(name: String, value: Value)]
  /// Whether region.yaml could be read at all; without it nothing can be held against anything.
  let isRead: Bool
  /// nil where something is wrong.
  package let region: Region?
}
