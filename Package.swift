// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Span has no lifetimes in the language proper yet: a type that holds one says so by this.
  .enableExperimentalFeature("Lifetimes"),
]

/// For modules without unchecked memory access, or that mark each: the compiler warns of any other.
let checked = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// `fixtures`: its tests keep files beside them, in Fixtures. `testing`: what its tests need besides.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = [],
  fixtures: Bool = false, swiftSettings: [SwiftSetting] = checked
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings),
    .testTarget(
      name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies + testing,
      exclude: fixtures ? ["Fixtures"] : [], swiftSettings: settings),
  ]
}

func tool(
  _ name: String, _ dependencies: [Target.Dependency], swiftSettings: [SwiftSetting] = checked
) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["Basics", "Programme", "RecordStream", "Regions", "ToolSupport", argumentParser]
      + dependencies,
    swiftSettings: swiftSettings)
}

/// Tests of a tool, or of all of them, by way of what the tools share.
func toolTests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
  .testTarget(
    name: name,
    dependencies: ["Basics", "Programme", "RecordStream", "Regions", "ToolSupport", "TestSupport"]
      + dependencies,
    exclude: fixtures ? ["Fixtures"] : [], swiftSettings: settings)
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

// The lists have types of their own: one expression of all would take minutes to check.
let systemLibraries: [Target] = [
  .systemLibrary(
    name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
  .systemLibrary(
    name: "CLibXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
  .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
  .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  // The compiler's own headers, for what Swift's SIMD types cannot say.
  .systemLibrary(name: "CVector"),
  .target(
    name: "CBuildCommit", cSettings: [.define("TANDEM_COMMIT", to: "\"\(commit)\"")]),
  .systemLibrary(
    name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
]

/// Each with its tests.
let libraries: [[Target]] = [
  library("Basics"),
  library("Programme", ["Basics"]),
  library("RecordStream", ["Basics", "Programme"]),
  library("Regions", ["Basics", "Programme", yams, mustache], fixtures: true),
  library("Calendars", ["Basics", "Programme"], testing: ["Regions"], fixtures: true),
  library("Pages", ["Basics"]),
  library(
    "Intake",
    [
      "Basics", "Programme", "RecordStream", "Regions", "Pages", "CLibXML2", "CLibZip", "CVector",
      subprocess,
    ], fixtures: true, swiftSettings: settings),
  library("Matching", ["Basics", "Programme", "Regions", "Pages", heap], fixtures: true),
  library("Scheduling", ["Basics", "Programme", "Regions", "Calendars", "Pages"]),
  library("Mailing", ["Basics", "Programme", "RecordStream", "Regions", "Calendars"], fixtures: true),
  library(
    "Delivery", ["Basics", "Programme", "RecordStream", "Calendars", "Intake", "Mailing", "CLibCurl"]),
  library(
    "Store", ["Basics", "Programme", "RecordStream", "CLibPQ", "CLibCrypto", grdb],
    testing: [subprocess, system], fixtures: true),
  library("Workshops", ["Basics", "Programme", "Regions", "Calendars", "Pages"]),
  library("Finding", ["Basics", "Programme", "Regions"]),
  library(
    "Surveys", ["Basics", "Programme", "RecordStream", "Regions", "Pages", "Intake"], fixtures: true,
    swiftSettings: settings),
  library(
    "ToolSupport",
    [
      "Basics", "Programme", "RecordStream", "Regions", "Calendars", "CBuildCommit", "CLibXLSXWriter",
      argumentParser,
    ], testing: ["Intake"], swiftSettings: settings),
  library(
    "ServerOptions", ["Basics", "RecordStream", "Delivery", "ToolSupport", argumentParser]),
]

let programs: [Target] = [
  tool("tandem", ["Store", "Mailing", "Finding", "Pages", subprocess, system]),
  tool("tandem-store", ["Store"]),
  tool("tandem-import", ["Intake"], swiftSettings: settings),
  tool("tandem-match", ["Matching"]),
  tool("tandem-schedule", ["Scheduling", "Calendars", "Mailing"]),
  // It describes every kind of record: it knows all modules that write one.
  tool(
    "tandem-region",
    ["Calendars", "Intake", "Matching", "Scheduling", "Workshops", "Finding", "Surveys", "Mailing"]),
  tool("tandem-find", ["Finding"]),
  tool("tandem-survey", ["Surveys", "Intake", "Mailing", "Pages"], swiftSettings: settings),
  tool("tandem-invite", ["Mailing", "Delivery", "Calendars", "ServerOptions"]),
  tool("tandem-calendar", ["Delivery", "ServerOptions"]),
  tool("tandem-workshop", ["Workshops", "Scheduling", "Calendars"]),
  .executableTarget(
    name: "tool-pages", dependencies: ["Basics", "Programme", "ToolSupport", argumentParser],
    swiftSettings: settings),
  toolTests("ToolPagesTests", ["tool-pages"]),
  // What test targets share; nothing else imports it.
  .target(
    name: "TestSupport", dependencies: ["Programme", subprocess, system], path: "Tests/TestSupport",
    exclude: ["Servers"], swiftSettings: settings),
  .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: settings),
  benchmark("stream-pass", ["Programme", "RecordStream"]),
  benchmark("read-rows", ["Intake"]),
  benchmark("calendar-speed", ["Calendars", "Basics", "Programme"]),
  benchmark("match-instance", ["Matching"]),
  benchmark("plan-instance", ["Scheduling", "RecordStream"]),
  benchmark("workshop-instance", ["Workshops", "RecordStream"]),
  toolTests("ScheduleToolTests", ["tandem-schedule", "Scheduling", "Calendars"]),
  toolTests("WorkshopToolTests", ["tandem-workshop", "Workshops", "Calendars"], fixtures: true),
  toolTests("ImportToolTests", ["tandem-import", "Intake"], fixtures: true),
  toolTests("MatchToolTests", ["tandem-match", "Matching"], fixtures: true),
  toolTests("SurveyToolTests", ["tandem-survey", "Surveys"]),
  toolTests("RegionToolTests", ["tandem-region"]),
  toolTests("InviteToolTests", ["tandem-invite", "Calendars", "Mailing"], fixtures: true),
  toolTests("CalendarToolTests", ["tandem-calendar", "Calendars", "Delivery"]),
  .plugin(
    name: "CheckRegions",
    capability: .command(
      intent: .custom(verb: "check-regions", description: "Check the regions of Config."))),
  toolTests("GuideTests", ["tandem-region", subprocess, system]),
  toolTests("EndToEndTests", [subprocess, system], fixtures: true),
]

// Which module may import which is a table of Sources/tandem/Documentation.docc/Architecture.md; a test holds this list
// and the imports against it.
let package = Package(
  name: "tandem",
  products: [
    "tandem", "tandem-store", "tandem-import", "tandem-match", "tandem-schedule", "tandem-region",
    "tandem-find",
    "tandem-invite", "tandem-survey", "tandem-workshop", "tandem-calendar",
  ].map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: systemLibraries + libraries.flatMap(\.self) + programs + shippedRegions
)
