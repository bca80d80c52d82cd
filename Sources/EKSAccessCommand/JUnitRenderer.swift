import EKSAccessLint
import YAMLSource

/// Prints findings as results of tests: a suite for each file, a test for each finding.
///
/// A finding below the threshold is a test that passes with output, so that the results agree with
/// the exit status.
struct JUnitRenderer: ReportRenderer {
  var threshold: Severity

  func render(_ report: LintReport) -> [UInt8] {
    var suites = report.failures.map(suite)
    for examined in report.examined {
      suites.append(
        examined.file.map { suite(report.files[$0]) } ?? cleanSuite(examined.path))
    }
    let all = XMLElement(
      "testsuites",
      [
        ("name", "eks-access"), ("tests", String(suites.reduce(0) { $0 + $1.tests })),
        ("failures", String(suites.reduce(0) { $0 + $1.failures })),
        ("errors", String(suites.reduce(0) { $0 + $1.errors })),
      ], suites.map(\.element))
    return Array((#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + all.text).utf8)
  }

  private struct Suite {
    var path: String
    var failures = 0
    var errors = 0
    var cases: [XMLElement] = []

    var tests: Int { cases.count }

    var element: XMLElement {
      XMLElement(
        "testsuite",
        [
          ("name", path), ("tests", String(tests)), ("failures", String(failures)),
          ("errors", String(errors)),
        ], cases)
    }

    mutating func add(_ name: String, line: Int? = nil, _ children: [XMLElement] = []) {
      var attributes = [("classname", path), ("name", name), ("file", path)]
      if let line { attributes.append(("line", String(line))) }
      cases.append(XMLElement("testcase", attributes, children))
    }
  }

  private func suite(_ path: String) -> Suite {
    Suite(path: Terminal.escaped(ReportPath(path).text))
  }

  private func suite(_ failure: InputFiles.Failure) -> Suite {
    var suite = suite(failure.path)
    suite.errors = 1
    suite.add(
      "is read", [XMLElement("error", [("type", "error"), ("message", failure.message)])])
    return suite
  }

  private func cleanSuite(_ path: String) -> Suite {
    var suite = suite(path)
    suite.add("has no findings")
    return suite
  }

  private func suite(_ file: LintReport.File) -> Suite {
    var suite = suite(file.path)
    for finding in file.findings {
      let place = file.lines.position(of: finding.range.lowerBound)
      let text = TextRenderer().text(finding, in: file)
      let fails = finding.severity >= threshold
      if fails { suite.failures += 1 }
      let attributes = [
        ("type", finding.severity.rawValue), ("message", Terminal.escaped(finding.message)),
      ]
      suite.add(
        "\(finding.rule) at \(place.line):\(place.column)", line: place.line,
        [fails ? XMLElement("failure", attributes, text) : XMLElement("system-out", [], text)])
    }
    return suite
  }
}
