import Foundation

/// The Python environments that Tests/python-environment.sh makes inside the project. No test runs another Python.
public enum Python {
  /// The interpreter with the packages of Tests/requirements.txt.
  public static func path() throws -> String { try test.get() }

  /// The interpreter with the packages of Tests/requirements-spark.txt.
  public static func sparkPath() throws -> String { try spark.get() }

  /// The folder in which `python3` is the tests' own: the first of a search path.
  public static func folder() throws -> String {
    URL(fileURLWithPath: try path()).deletingLastPathComponent().path
  }

  private static let test = Result { try environment("test-python", of: "requirements.txt") }
  private static let spark = Result { try environment("spark-python", of: "requirements-spark.txt") }

  /// The script copies the requirements into the environment last: an interrupted or outdated one has no equal copy.
  private static func environment(_ name: String, of requirements: String) throws -> String {
    let folder = Repository.path + "/.build/" + name
    let wanted = FileManager.default.contents(atPath: Repository.path + "/Tests/" + requirements)
    guard wanted != nil, FileManager.default.contents(atPath: folder + "/requirements.txt") == wanted else {
      throw Missing("\(folder) does not hold what Tests/\(requirements) lists")
    }
    let python = folder + "/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else { throw Missing("\(python) is missing") }
    return python
  }
}
