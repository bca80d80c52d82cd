import EKSAccess
import KubernetesRBAC
import YAMLSource

/// Writes the script that takes back what ``MigrationScript`` made.
struct RollbackScript {
  private let plan: MigrationPlan
  private let calls: MigrationCalls

  init(_ plan: MigrationPlan) {
    self.plan = plan
    calls = MigrationCalls(plan)
  }

  var text: String {
    [
      ShellScript.head(
        plan, "Takes back the access entries that replaced rows of aws-auth",
        notes: [
          "It first puts the back-up of the ConfigMap in its place, so that nobody is without "
            + "access, and then deletes the entries and associations that the journal of the "
            + "script names, and the bindings that the plan added. Entries that were there before "
            + "are left alone. kubectl has to speak to the cluster of the plan.",
          "The authentication mode does not go back: API_AND_CONFIG_MAP stays. In the mode API "
            + "aws-auth is not asked, so the script stops there.",
        ]), Self.usage, Self.options, ShellScript.functions(plan.cluster), Self.functions,
      clusterCheck, main,
    ].joined(separator: "\n")
  }

  private var main: String {
    ShellScript.accountCheck(plan.cluster) + ShellScript.modeQuestion(calls.clusterKey)
      + """
      [ "$mode" != API ] ||
        stop "in the mode API nobody gets in by aws-auth, and the mode does not go back"
      \(plan.bindings.isEmpty ? "if $restore; then same_cluster; fi" : "same_cluster")
      if $restore; then put_back; fi

      """ + lines.map { $0 + "\n" }.joined() + """
        if $dry_run; then say "nothing was changed"; fi
        say "the authentication mode stays $mode: it cannot go back"

        """
  }

  private var lines: [String] {
    var lines: [String] = []
    for item in plan.updates.reversed() {
      guard let entry = item.entries.first, let existing = item.existing else { continue }
      for policy in entry.policies where !existing.policies.contains(policy) {
        lines.append(takeBack(policy, of: entry, existing))
      }
      lines.append(
        "undo updated '\(calls.key(of: entry).jsonLine)' update-access-entry "
          + "'\(calls.update(to: existing).jsonLine)' "
          + "\("the groups of \(entry.principalARN)".onOneLine.asShellWord)")
    }
    for entry in plan.created.reversed() {
      let key = calls.key(of: entry).jsonLine
      lines.append(
        "undo created '\(key)' delete-access-entry '\(key)' "
          + "\("the entry of \(entry.principalARN)".onOneLine.asShellWord)")
    }
    for binding in plan.bindings {
      lines.append(
        "unbind '\(binding.manifest.jsonLine)' \(binding.binding.metadata.name.onOneLine.asShellWord)"
      )
    }
    return lines
  }

  /// Takes a policy from an entry that stays, or gives it back its former scope.
  private func takeBack(
    _ policy: AccessPolicyAssociation, of entry: AccessEntry, _ existing: AccessEntry
  ) -> String {
    let key = calls.key(of: policy, with: entry).jsonLine
    let label = "\(policy.policyARN) of \(entry.principalARN)".onOneLine.asShellWord
    guard let before = existing.policies.first(where: { $0.policyARN == policy.policyARN }) else {
      return "undo associated '\(key)' disassociate-access-policy '\(key)' \(label)"
    }
    let input = calls.association(of: before, with: entry).jsonLine
    return "undo associated '\(key)' associate-access-policy '\(input)' \(label)"
  }

  private static let usage = #"""
    usage() {
      cat <<'USAGE'
    usage: sh SCRIPT [--dry-run] [--journal FILE] [--backup FILE | --keep-config-map]
                     [--any-context]

      --dry-run          say what would be done, and change nothing
      --journal FILE     what the script of the plan noted
                         (default eks-access-migration.journal)
      --backup FILE      the ConfigMap as it was (default \#(MigrationPlan.backUpFile))
      --keep-config-map  no row was removed: leave the ConfigMap as it is
      --any-context      do not compare the server of kubectl with the cluster's endpoint, from
                         which it differs behind a proxy or tunnel
    USAGE
    }

    """#

  private static let options = #"""
    dry_run=false restore=true any_context=false
    journal=eks-access-migration.journal
    backup=\#(MigrationPlan.backUpFile)
    while [ $# -gt 0 ]; do
      case $1 in
        --dry-run) dry_run=true ;;
        --journal) [ $# -gt 1 ] || { usage >&2; exit 2; }; shift; journal=$1 ;;
        --backup) [ $# -gt 1 ] || { usage >&2; exit 2; }; shift; backup=$1 ;;
        --keep-config-map) restore=false ;;
        --any-context) any_context=true ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
      esac
      shift
    done

    """#

  private var clusterCheck: String {
    let advice = "set the context by \(calls.updateKubeconfig), or add --any-context".asShellWord
    return #"""
      host() {
        printf '%s\n' "${1%/}" | tr '[:upper:]' '[:lower:]'
      }

      # same_cluster: stops where kubectl would change another cluster than that of the plan.
      same_cluster() {
        if $any_context; then return 0; fi
        advice=\#(advice)
        endpoint=$(call eks describe-cluster --cli-input-json '\#(calls.clusterKey.jsonLine)' \
          --query cluster.endpoint --output text) || failed "cannot read the endpoint of the cluster"
        server=$(\#(MigrationCalls.kubectlServer)) || server=
        [ -n "$server" ] || stop "cannot see which cluster kubectl speaks to; $advice"
        [ "$(host "$server")" = "$(host "$endpoint")" ] ||
          stop "kubectl speaks to $server, the cluster of the plan is $endpoint; $advice"
      }

      """#
  }

  private static let functions = #"""
    [ -r "$journal" ] || stop "there is no journal $journal, so nothing is known to have been made"
    if $restore && [ ! -s "$backup" ]; then
      stop "there is no back-up $backup; --keep-config-map leaves the ConfigMap as it is"
    fi

    # put_back: makes the ConfigMap what it was, without the marks of the former object.
    put_back() {
      if $dry_run; then say "would put $backup in the place of the ConfigMap"; return 0; fi
      if kubectl get configmap aws-auth --namespace kube-system --output name >/dev/null 2>&1; then
        verb=replace
      else
        verb=create
      fi
      sed -e '/^  resourceVersion: /d' -e '/^  uid: /d' -e '/^  creationTimestamp: /d' \
        "$backup" | kubectl "$verb" -f - || stop "cannot put back the ConfigMap"
    }

    # undo WHAT KEY COMMAND INPUT LABEL: takes back what the journal names, unless AWS refused it or
    # it has been taken back, after which somebody else may have made it.
    undo() {
      noted=$(grep -x -F -e "$1 $2" -e "refused $1 $2" -e "undone $1 $2" "$journal" | tail -n 1)
      [ "$noted" = "$1 $2" ] || return 0
      if $dry_run; then say "would take back $5"; return 0; fi
      if call eks "$3" --cli-input-json "$4" >/dev/null; then
        say "took back $5"
      elif failed_with ResourceNotFoundException; then
        say "gone already: $5"
      else
        failed "cannot take back $5"
      fi
      printf 'undone %s %s\n' "$1" "$2" >>"$journal"
    }

    # unbind OBJECT LABEL: deletes a binding that the plan added.
    unbind() {
      if $dry_run; then say "would delete the binding $2"; return 0; fi
      printf '%s' "$1" | kubectl delete --ignore-not-found -f - ||
        stop "cannot delete the binding $2"
    }

    """#
}
