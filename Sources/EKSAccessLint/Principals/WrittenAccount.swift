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

  /// The accounts of twelve digits in the order of the file.
  static func all(in configMap: ConfigMapSubject) -> [WrittenAccount] {
    let rows = configMap.rows.compactMap { row -> WrittenAccount? in
      guard let written = row.written, written.flaw == nil, let id = written.account,
        let part = written.parts?.account
      else { return nil }
      return WrittenAccount(id: id, range: row.range(of: part), owner: "this \(row.principalNoun)")
    }
    let accounts = configMap.manifest[.mapAccounts]?.accounts ?? []
    return rows
      + accounts.compactMap { account in
        AccountID(account.value).map {
          WrittenAccount(id: $0, range: account.range, owner: "this entry of mapAccounts")
        }
      }
  }
}
