import EKSAccess
import YAMLSource

/// What the scripts of a plan have in common.
enum ShellScript {
  /// The beginning: what the script is for.
  static func head(_ plan: MigrationPlan, _ purpose: String, notes: [String]) -> String {
    "#!/bin/sh\n" + "\(purpose) in the EKS cluster \(plan.cluster.name).".asComment
      + notes.map(\.asComment).joined()
      + "# Names and JMESPath hold what the shell must not expand.\n"
      + "# shellcheck disable=SC2016\nset -eu\n"
  }

  /// Talking to people and to AWS.
  static func functions(_ cluster: MigrationCluster) -> String {
    let region = cluster.region.map { " --region=" + $0.onOneLine.asShellWord } ?? ""
    return #"""
      # No pager between the script and the answers.
      export AWS_PAGER=
      errors=$(mktemp)
      trap 'rm -f "$errors"' EXIT
      trap 'exit 1' HUP INT TERM

      say() {
        printf '%s\n' "$1"
      }

      stop() {
        printf 'stopped: %s\n' "$1" >&2
        exit 1
      }

      # failed MESSAGE: what AWS says, without control characters, and then the message.
      failed() {
        LC_ALL=C tr -d '\000-\010\013-\037\177' <"$errors" >&2
        stop "$1"
      }

      failed_with() {
        case $(cat "$errors") in
          *"($1)"*) return 0 ;;
        esac
        return 1
      }

      call() {
        aws "$@"\#(region) 2>"$errors"
      }

      """#
  }

  /// Asks whose credentials are used and compares the account.
  static func accountCheck(_ cluster: MigrationCluster) -> String {
    let question = """
      account=$(call sts get-caller-identity --query Account --output text) ||
        failed "cannot ask whose credentials these are"

      """
    guard let account = cluster.account?.rawValue else { return question }
    return question + """
      [ "$account" = \(account) ] ||
        stop "the credentials are of account $account, the cluster is of \(account)"

      """
  }

  /// Asks for the authentication mode of a cluster that has to be active.
  static func modeQuestion(_ cluster: YAMLValue) -> String {
    """
    answer=$(call eks describe-cluster --cli-input-json '\(cluster.jsonLine)' \\
      --query 'cluster.[status, accessConfig.authenticationMode]' --output text) ||
      failed "cannot read the cluster"
    status=${answer%%[!A-Z_]*}
    mode=${answer##*[!A-Z_]}
    [ "$status" = ACTIVE ] || stop "the cluster is $status, not ACTIVE"

    """
  }
}

extension MigrationPlan {
  /// What a script says about rows that it does not make dispensable.
  var stayingNotes: [String] {
    blocking.isEmpty
      ? []
      : [
        "Rows that have to stay in aws-auth: \(blocking.count). Do not remove the ConfigMap, nor "
          + "change the mode to API."
      ]
  }
}
