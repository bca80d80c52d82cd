import EKSAccess
import EKSAccessManifests

/// An account that a ConfigMap names, in an ARN or in mapAccounts.
struct WrittenAccount {
  /// The account.
  let id: AccountID
  /// Its place.
  let range: Range<Int>
  /// Where it stands, in the words of messages.
  let owner: String

  /// The accounts of twelve digits of some kind, in the order of the file. Places are looked up for
  /// these alone.
  static func all(
    in configMap: ConfigMapSubject, where isWanted: (AccountID) -> Bool
  ) -> [WrittenAccount] {
    var found: [WrittenAccount] = []
    for row in configMap.rows {
      guard let written = row.written, written.flaw == nil, let id = written.account,
        isWanted(id), let part = written.parts?.account
      else { continue }
      found.append(
        WrittenAccount(id: id, range: row.range(of: part), owner: "this \(row.principalNoun)"))
    }
    for account in configMap.manifest[.mapAccounts]?.accounts ?? [] {
      guard let id = AccountID(account.value), isWanted(id) else { continue }
      found.append(
        WrittenAccount(id: id, range: account.range, owner: "this entry of mapAccounts"))
    }
    return found
  }
}
