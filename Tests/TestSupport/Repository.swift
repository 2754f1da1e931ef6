import Foundation

/// Where the tests find what they read and run.
public enum Repository {
  public static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  public static let config = path + "/Config"
  public static let examples = path + "/Examples"
  /// Python scripts that know the programme's rules and share no code with ours.
  public static let judges = path + "/Tests/Judges"
  /// 600 people in five regions, as HR departments export them; its `truth` holds what is right.
  public static let programme = path + "/Tests/Programme"

  /// The folder of the built tools: the test bundle is in it.
  public static let tools = Bundle.main.bundleURL.path
}
