import EKSAccessLint

/// The part of a SARIF 2.1.0 log that the tool writes; names are those of the format.
struct SARIF: Encodable {
  var schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    var tool: Tool
    var results: [Result]
    var invocations: [Invocation]
    var columnKind = "unicodeCodePoints"
    var newlineSequences = ["\r\n", "\n", "\r"]
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    var name = "eks-access"
    var version = ToolVersion.current
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var shortDescription: Text
    var fullDescription: Text
    var help: Text
    var defaultConfiguration: Configuration
    var properties: Properties

    struct Configuration: Encodable {
      var level: Severity
    }

    struct Properties: Encodable {
      var tags: [String]
    }
  }

  struct Text: Encodable {
    var text: String
    var markdown: String?
  }

  struct Message: Encodable {
    var text: String
  }

  struct Invocation: Encodable {
    var executionSuccessful: Bool
    var toolExecutionNotifications: [Notification]

    struct Notification: Encodable {
      var level: Severity
      var message: Message
      var locations: [Location]
    }
  }

  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int?
    var level: Severity
    var message: Message
    var locations: [Location]
    var relatedLocations: [Location]?
    var partialFingerprints: Fingerprint
    var fixes: [Fix]?
  }

  struct Fingerprint: Encodable {
    var value: String

    enum CodingKeys: String, CodingKey {
      case value = "eksAccess/v1"
    }
  }

  struct Location: Encodable {
    var id: Int?
    var message: Message?
    var physicalLocation: PhysicalLocation
  }

  struct PhysicalLocation: Encodable {
    var artifactLocation: ArtifactLocation
    var region: Region?
  }

  struct ArtifactLocation: Encodable {
    var uri: String
  }

  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int
    var endLine: Int
    var endColumn: Int
    var byteOffset: Int
    var byteLength: Int
  }

  struct Fix: Encodable {
    var description: Message
    var artifactChanges: [ArtifactChange]
    var properties: Properties

    struct Properties: Encodable {
      var safety: EKSAccessLint.Fix.Safety
    }
  }

  struct ArtifactChange: Encodable {
    var artifactLocation: ArtifactLocation
    var replacements: [Replacement]
  }

  struct Replacement: Encodable {
    var deletedRegion: Region
    var insertedContent: Content

    struct Content: Encodable {
      var text: String
    }
  }
}
