// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

func example(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Documentation/Examples/\(name)",
    swiftSettings: settings)
}

let package = Package(
  name: "swift-eks-access",
  platforms: [.macOS(.v14)],
  products: [
    .library(
      name: "EKSAccess",
      targets: [
        "KubernetesRBAC", "EKSAccess", "EKSAccessManifests", "EKSAccessLint", "EKSAccessMigration",
      ]),
    .executable(name: "eks-access", targets: ["eks-access"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .yum(["libyaml-devel"]), .brew(["libyaml"])]),
    library("YAMLSource", ["CLibYAML"]),
    library("KubernetesRBAC", []),
    library("EKSAccess", ["KubernetesRBAC"]),
    library("EKSAccessManifests", ["YAMLSource", "EKSAccess", "KubernetesRBAC"]),
    library(
      "EKSAccessLint", ["EKSAccessManifests", "YAMLSource", "EKSAccess", "KubernetesRBAC"]),
    library(
      "EKSAccessMigration", ["EKSAccessManifests", "YAMLSource", "EKSAccess", "KubernetesRBAC"]),
    library(
      "EKSAccessCommand",
      [
        "EKSAccessLint", "EKSAccessMigration", "EKSAccessManifests", "YAMLSource", "EKSAccess",
        "KubernetesRBAC",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "eks-access", dependencies: ["EKSAccessCommand"], swiftSettings: settings),

    example("LintManifest", ["EKSAccessLint", "EKSAccessManifests", "EKSAccess"]),
    example("ResolveCaller", ["EKSAccess"]),
    example("PlanMigration", ["EKSAccessMigration", "EKSAccessManifests", "EKSAccess"]),

    .target(
      name: "TestSupport", dependencies: ["KubernetesRBAC"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("YAMLSourceTests", ["YAMLSource"]),
    tests("KubernetesRBACTests", ["KubernetesRBAC", "YAMLSource"]),
    tests("EKSAccessTests", ["EKSAccess", "KubernetesRBAC"]),
    tests(
      "EKSAccessManifestsTests",
      ["EKSAccessManifests", "YAMLSource", "EKSAccess", "KubernetesRBAC"]),
    tests(
      "EKSAccessLintTests", ["EKSAccessLint", "EKSAccessManifests", "YAMLSource", "EKSAccess"]),
    tests(
      "EKSAccessMigrationTests",
      ["EKSAccessMigration", "EKSAccessManifests", "YAMLSource", "EKSAccess", "KubernetesRBAC"]),
    tests(
      "EKSAccessCommandTests",
      ["EKSAccessCommand", "EKSAccessLint", "LintManifest", "ResolveCaller", "PlanMigration"]),
  ],
  swiftLanguageModes: [.v6]
)
