import Basics
import Programme

/// Files of a region's folder that nothing reads.
enum FolderCheck {
  private static let known = ["region.yaml", "forms", "holidays", "texts", "adapters", "tools"]

  static func mistakes(in region: EffectiveRegion) -> [Diagnostic] {
    func unread(_ path: String, _ advice: String) -> Diagnostic {
      Diagnostic(.warning, "is not read: \(advice)", file: region.folder + "/" + path, code: "unread-file")
    }
    var found: [Diagnostic] = []
    func names(in folder: String) -> [String] {
      do throws(ConfigurationError) {
        return try ConfigurationBytes.names(in: folder)
      } catch {
        found += error.diagnostics
        return []
      }
    }
    for name in names(in: region.folder) where !known.contains(name) {
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".ics") else { continue }
      let advice =
        name.hasSuffix(".ics")
        ? "put it into holidays/, and name it in region.yaml"
        : "settings belong in region.yaml, forms in forms/, texts in texts/"
      found.append(unread(name, advice))
    }
    for folder in ["forms", "texts"] {
      for name in names(in: region.folder + "/" + folder) where !name.hasSuffix(".yaml") {
        found.append(unread(folder + "/" + name, "its name must end in `.yaml`"))
      }
    }
    let named = Set(
      (region.value["holidays"]?.texts ?? [])
        + (region.value["sites"]?.entries ?? []).flatMap { $0.value["holidays"]?.texts ?? [] })
    for name in names(in: region.folder + "/holidays") where name.hasSuffix(".ics") {
      guard !named.contains("holidays/" + name) else { continue }
      found.append(unread("holidays/" + name, "name it under `holidays` in region.yaml, or delete it"))
    }
    return found
  }
}
