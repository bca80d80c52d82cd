public import EKSAccess
import YAMLSource

/// What became of a file whose findings were fixed.
public struct FixApplication: Sendable {
  /// The file's bytes after the fixes.
  public var bytes: [UInt8]
  /// The findings whose fixes were made, in the order in which they were made. Their places are
  /// those of the file as it was just before.
  public var fixed: [Finding]
  /// What is still found in the bytes.
  public var remaining: [Finding]
}

extension Linter {
  /// Makes the fixes that a file's findings offer.
  ///
  /// Fixes that touch the same bytes are made one after the other, each on what the former left;
  /// so are fixes of mistakes that show only when another one is gone.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - unsafe: Whether fixes are made that somebody should look at.
  ///   - section: The section whose text the file is, if it is that.
  ///   - path: Its path as in `input`.
  ///   - input: What is known of all files of the run.
  /// - Returns: The fixed bytes, which are the same when they are fixed again.
  public func fixing(
    _ bytes: [UInt8], unsafe: Bool = false, as section: AWSAuthSection? = nil, at path: String = "",
    in input: LintInput? = nil
  ) -> FixApplication {
    var result = FixApplication(
      bytes: bytes, fixed: [], remaining: lint(bytes, as: section, at: path, in: input))
    // Each round removes findings; the limit is for fixes that would undo one another.
    for _ in 0..<Self.fixingRounds {
      let chosen = Self.compatible(
        result.remaining.filter { finding in
          finding.fix.map { unsafe || $0.safety == .safe } ?? false
        })
      let edits = chosen.compactMap(\.fix).flatMap(\.edits)
      guard !edits.isEmpty, let bytes = SourceEdit.apply(edits, to: result.bytes),
        bytes != result.bytes
      else { break }
      result.bytes = bytes
      result.fixed += chosen
      result.remaining = lint(bytes, as: section, at: path, in: input)
    }
    return result
  }

  private static let fixingRounds = 10

  /// The findings, in order, whose edits do not touch those of the ones before.
  private static func compatible(_ findings: [Finding]) -> [Finding] {
    var taken: [Range<Int>] = []
    return findings.filter { finding in
      let ranges = (finding.fix?.edits ?? []).map(\.range)
      guard !ranges.contains(where: { range in taken.contains { touches($0, range) } }) else {
        return false
      }
      taken += ranges
      return true
    }
  }

  private static func touches(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.lowerBound <= right.upperBound && right.lowerBound <= left.upperBound
  }
}
