import EKSAccess

/// The ARN of a role or user with nothing odd about it: `arn:aws:iam::444455556666:role/team/name`.
///
/// Nearly every ARN is like that. To see it takes one look at each byte, to judge what is wrong with
/// another text takes many times as long.
struct PlainARN {
  let kind: WrittenPrincipal.Kind
  let partition: Partition
  let account: AccountID
  /// The name behind the path.
  let name: String
  let hasPath: Bool

  /// Takes a text apart; `nil` where ``WrittenPrincipal`` has to look at it closely.
  init?(_ text: [UInt8]) {
    guard text.has(ascii: "arn:", at: 0), let colon = text[4...].firstIndex(of: UInt8(ascii: ":")),
      text.has(ascii: ":iam::", at: colon),
      let partition = Partition.known.first(where: {
        $0.rawValue.utf8.elementsEqual(text[4..<colon])
      })
    else { return nil }
    let start = colon + ":iam::".utf8.count
    let resource = start + 13
    guard resource + 5 < text.count, text[resource - 1] == UInt8(ascii: ":"),
      let account = AccountID(String(decoding: text[start..<(start + 12)], as: UTF8.self))
    else { return nil }
    if text.has(ascii: "role/", at: resource) {
      kind = .role
    } else if text.has(ascii: "user/", at: resource) {
      kind = .user
    } else {
      return nil
    }
    var nameStart = resource + 5
    for index in nameStart..<text.count {
      if text[index] == UInt8(ascii: "/") {
        nameStart = index + 1
      } else if !text[index].isAllowedInNames {
        return nil
      }
    }
    guard 1...64 ~= text.count - nameStart else { return nil }
    hasPath = nameStart > resource + 5
    self.partition = partition
    self.account = account
    name = String(decoding: text[nameStart...], as: UTF8.self)
  }
}
