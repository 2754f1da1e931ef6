// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// `fixtures`: its tests keep files beside them, in Fixtures. `tests`: what its tests need besides.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], fixtures: Bool = false,
  tests: [Target.Dependency] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: name + "Tests", dependencies: [.byName(name: name)] + dependencies + tests,
      exclude: fixtures ? ["Fixtures"] : [], swiftSettings: settings),
  ]
}

func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["Programme", "RecordStream", "Regions", "ToolSupport", argumentParser]
      + dependencies,
    swiftSettings: settings)
}

/// A program that measures: in this package, since `package` access ends at its border.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Benchmarks/\(name)", swiftSettings: settings)
}

// With TANDEM_CHECK_REGIONS=1 a wrong region fails the build. Not otherwise: a build-tool plugin compiles its tool, and
// all that the tool needs, a second time.
let shippedRegions: [Target] =
  Context.environment["TANDEM_CHECK_REGIONS"] == nil
  ? []
  : [
    .target(name: "ShippedRegions", swiftSettings: settings, plugins: ["ShippedRegionsPlugin"]),
    .plugin(
      name: "ShippedRegionsPlugin", capability: .buildTool(), dependencies: ["tandem-region"],
      path: "Plugins/ShippedRegions"),
  ]

/// What `--version` names, given by `make`. Not `Context.gitInformation`: SwiftPM keeps what it made of this manifest
/// until the manifest or a variable changes, so that the commit would be that of an earlier build.
let commit = Context.environment["TANDEM_COMMIT"] ?? "development build, commit not recorded"

// Imports run one way (design: architecture): Programme imports nothing of ours; RecordStream, Regions and
// Calendars import Programme; the working libraries import those and never each other; ToolSupport imports
// Programme, RecordStream and Regions; an executable imports ToolSupport and the libraries of its own work. Two stand
// higher, so that a tool loads what it uses: Delivery (carrying, libcurl) on Mailing (composing), and CalendarOptions, of
// the tools that look for times, on ToolSupport.
let package = Package(
  name: "tandem",
  products: [
    "tandem", "tandem-import", "tandem-match", "tandem-schedule", "tandem-region", "tandem-find",
    "tandem-invite", "tandem-survey", "tandem-workshop",
  ].map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // The compiler's own headers, for what Swift's SIMD types cannot say.
    .systemLibrary(name: "CVector"),
    .target(
      name: "CBuildCommit", cSettings: [.define("TANDEM_COMMIT", to: "\"\(commit)\"")]),
    .systemLibrary(
      name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
  ]
    + library("Programme")
    + library("RecordStream", ["Programme"])
    + library("Regions", ["Programme", yams, mustache], fixtures: true)
    + library("Calendars", ["Programme"], fixtures: true, tests: ["Regions"])
    + library(
      "Intake", ["Programme", "RecordStream", "Regions", "CLibXML2", "CVector", subprocess], fixtures: true)
    + library("Matching", ["Programme", "Regions"], fixtures: true)
    + library("Scheduling", ["Programme", "Regions", "Calendars"])
    + library("Mailing", ["Programme", "RecordStream", "Regions", "Calendars"], fixtures: true)
    + library("Delivery", ["Programme", "RecordStream", "Calendars", "Mailing", "CLibCurl"])
    + library("Workshops", ["Programme", "Regions", "Calendars"])
    + library("Finding", ["Programme", "Regions"])
    + library("Surveys", ["Programme", "RecordStream", "Regions"], fixtures: true)
    + library("Reports", ["Programme", "Regions"], fixtures: true)
    + library("ToolSupport", ["Programme", "RecordStream", "Regions", "CBuildCommit", argumentParser])
    + library(
      "CalendarOptions",
      ["Programme", "RecordStream", "Regions", "Calendars", "ToolSupport", argumentParser])
    + [
      tool("tandem", []),
      tool("tandem-import", ["Intake"]),
      tool("tandem-match", ["Matching", "Reports"]),
      tool("tandem-schedule", ["Scheduling", "Calendars", "CalendarOptions", "Mailing", "Reports"]),
      tool("tandem-region", ["Calendars"]),
      tool("tandem-find", ["Finding"]),
      tool("tandem-survey", ["Surveys", "Intake", "Reports", "Mailing"]),
      tool("tandem-invite", ["Mailing", "Delivery", "Calendars"]),
      tool("tandem-workshop", ["Workshops", "Scheduling", "Calendars", "CalendarOptions", "Reports"]),
      .executableTarget(
        name: "tool-pages", dependencies: ["Programme", "ToolSupport", argumentParser],
        swiftSettings: settings),
      .testTarget(
        name: "ToolPagesTests", dependencies: ["tool-pages", "Programme", "ToolSupport"],
        swiftSettings: settings),
      benchmark("stream-pass", ["Programme", "RecordStream"]),
      benchmark("read-rows", ["Intake"]),
      benchmark("calendar-speed", ["Calendars", "Programme"]),
      benchmark("match-instance", ["Matching"]),
      benchmark("plan-instance", ["Scheduling", "RecordStream"]),
      benchmark("workshop-instance", ["Workshops", "RecordStream"]),
      .testTarget(
        name: "ScheduleToolTests",
        dependencies: [
          "tandem-schedule", "Programme", "RecordStream", "Regions", "Scheduling", "ToolSupport",
        ],
        swiftSettings: settings),
      .testTarget(
        name: "WorkshopToolTests",
        dependencies: [
          "tandem-workshop", "Workshops", "Programme", "RecordStream", "Regions", "Calendars", "ToolSupport",
        ],
        exclude: ["Fixtures"],
        swiftSettings: settings),
      .testTarget(
        name: "ImportToolTests",
        dependencies: ["tandem-import", "Intake", "Programme", "RecordStream", "ToolSupport"],
        exclude: ["Fixtures"],
        swiftSettings: settings),
      .testTarget(
        name: "MatchToolTests",
        dependencies: [
          "tandem-match", "Matching", "Programme", "RecordStream", "Regions", "Reports", "ToolSupport",
        ],
        exclude: ["Fixtures"],
        swiftSettings: settings),
      .testTarget(
        name: "SurveyToolTests",
        dependencies: [
          "tandem-survey", "Programme", "RecordStream", "Regions", "Surveys", "ToolSupport",
        ],
        swiftSettings: settings),
      .testTarget(
        name: "RegionToolTests",
        dependencies: ["tandem-region", "Programme", "RecordStream", "Regions", "ToolSupport"],
        swiftSettings: settings),
      .testTarget(
        name: "InviteToolTests",
        dependencies: [
          "tandem-invite", "Calendars", "Mailing", "Programme", "RecordStream", "Regions", "ToolSupport",
        ],
        exclude: ["Fixtures"],
        swiftSettings: settings),
      .plugin(
        name: "CheckRegions",
        capability: .command(
          intent: .custom(verb: "check-regions", description: "Check the regions of Config."))),
      .testTarget(
        name: "GuideTests",
        dependencies: ["Programme", "RecordStream", "Regions", "ToolSupport", subprocess, system],
        swiftSettings: settings),
      .testTarget(
        name: "EndToEndTests", dependencies: ["Programme", "RecordStream", subprocess, system],
        exclude: ["Fixtures"],
        swiftSettings: settings),
    ]
    + shippedRegions
)
