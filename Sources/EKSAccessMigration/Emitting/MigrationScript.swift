import EKSAccess
import YAMLSource

/// Writes the script that makes the entries with the AWS CLI.
struct MigrationScript {
  private let plan: MigrationPlan
  private let calls: MigrationCalls

  init(_ plan: MigrationPlan) {
    self.plan = plan
    calls = MigrationCalls(plan)
  }

  var text: String {
    [
      ShellScript.head(
        plan, "Makes the access entries that replace rows of aws-auth",
        notes: [
          "It changes nothing but access entries, their access policies and, with --change-mode, "
            + "the authentication mode. It can be run again: what is there as planned is left "
            + "alone, and it stops where something else is there."
        ] + plan.stayingNotes), Self.usage, Self.options, ShellScript.functions(plan.cluster),
      Self.functions,
      "plan() {\n  :\n" + lines.map { "  \($0)\n" }.joined() + "}\n", main,
    ].joined(separator: "\n")
  }

  /// One call of a function for each principal, entry and association.
  private var lines: [String] {
    var lines: [String] = []
    for entry in plan.created {
      lines += principal(of: entry)
      let label = label(of: entry)
      lines.append(
        "entry \(label) \(key(of: entry)) '\(calls.creation(of: entry).jsonLine)' "
          + "'\(JMESPath.isEntry(entry))'")
      lines += entry.policies.map { policy($0, of: entry, before: nil) }
    }
    for item in plan.updates {
      guard let entry = item.entries.first, let existing = item.existing else { continue }
      lines.append(
        "update \(label(of: entry)) \(key(of: entry)) '\(calls.update(to: entry).jsonLine)' "
          + "'\(JMESPath.isEntry(entry))' '\(JMESPath.isEntry(existing))'")
      for policy in entry.policies where !existing.policies.contains(policy) {
        lines.append(
          self.policy(
            policy, of: entry,
            before: existing.policies.first { $0.policyARN == policy.policyARN }))
      }
    }
    return lines
  }

  private func principal(of entry: AccessEntry) -> [String] {
    guard let question = PrincipalQuestion(entry) else { return [] }
    let answer = question.kind == "role" ? "Role" : "User"
    return [
      "principal \(question.kind) \(question.account.onOneLine.asShellWord) "
        + "'\(question.input.jsonLine)' "
        + "'\(answer).Arn == \(JMESPath.literal(entry.principalARN))' \(label(of: entry))"
    ]
  }

  private func policy(
    _ policy: AccessPolicyAssociation, of entry: AccessEntry, before: AccessPolicyAssociation?
  ) -> String {
    let name = "\(policy.policyARN) of \(entry.principalARN)".onOneLine.asShellWord
    let old = before.map { "'\(JMESPath.isAssociated($0))'" } ?? "''"
    return "policy \(name) \(key(of: entry)) '\(calls.key(of: policy, with: entry).jsonLine)' "
      + "'\(calls.association(of: policy, with: entry).jsonLine)' "
      + "'\(JMESPath.isAssociated(policy))' \(old)"
  }

  private func label(of entry: AccessEntry) -> String {
    entry.principalARN.onOneLine.asShellWord
  }

  private func key(of entry: AccessEntry) -> String { "'\(calls.key(of: entry).jsonLine)'" }
}

extension MigrationScript {
  private static let usage = #"""
    usage() {
      cat <<'USAGE'
    usage: sh SCRIPT [--dry-run] [--change-mode] [--bindings-added] [--skip-iam] [--journal FILE]

      --dry-run         say what would be done, and change nothing
      --change-mode     change the mode CONFIG_MAP to API_AND_CONFIG_MAP, which cannot be undone
      --bindings-added  the bindings of the plan (format rbac) are in the cluster
      --skip-iam        do not ask IAM whether the principals exist
      --journal FILE    where to note what is made, for the roll-back
                        (default eks-access-migration.journal)
    USAGE
    }

    """#

  private static let options = #"""
    dry_run=false change_mode=false bindings_added=false ask_iam=true
    journal=eks-access-migration.journal
    while [ $# -gt 0 ]; do
      case $1 in
        --dry-run) dry_run=true ;;
        --change-mode) change_mode=true ;;
        --bindings-added) bindings_added=true ;;
        --skip-iam) ask_iam=false ;;
        --journal) [ $# -gt 1 ] || { usage >&2; exit 2; }; shift; journal=$1 ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
      esac
      shift
    done

    """#

  private static let functions = #"""
    # refused: AWS says that nothing was done. Without such an answer nobody knows.
    refused() {
      for code in AccessDeniedException ExpiredToken ExpiredTokenException \
        InvalidParameterException InvalidRequestException ResourceInUseException \
        ResourceLimitExceededException ResourceNotFoundException ThrottlingException \
        UnrecognizedClientException
      do
        if failed_with "$code"; then return 0; fi
      done
      return 1
    }

    # change WHAT KEY COMMAND INPUT: notes a change and makes it. The note comes first, since a call
    # that is broken off may have been carried out; the roll-back undoes nothing that is not noted.
    change() {
      printf '%s %s\n' "$1" "$2" >>"$journal"
      if call eks "$3" --cli-input-json "$4" >/dev/null; then return 0; fi
      if refused; then printf 'refused %s %s\n' "$1" "$2" >>"$journal"; fi
      return 1
    }

    # differs LABEL KEY PLANNED: stops at an entry that somebody else made otherwise.
    differs() {
      printf 'the entry of %s is there and differs from the plan\nplanned: %s\nthere:\n' \
        "$1" "$3" >&2
      call eks describe-access-entry --cli-input-json "$2" --output json >&2 || :
      stop "delete or change the entry, or plan anew with it"
    }

    # principal KIND ACCOUNT INPUT QUERY LABEL: IAM has the principal by this ARN.
    principal() {
      if [ "$phase" != check ] || ! $ask_iam; then return 0; fi
      if [ "$2" != "$account" ]; then
        say "not checked, since it is of another account: $5"
        return 0
      fi
      if ! answer=$(call iam "get-$1" --cli-input-json "$3" --query "$4" --output text); then
        if failed_with NoSuchEntity; then stop "IAM has no $1 $5"; fi
        failed "cannot ask IAM for the $1 $5; --skip-iam goes on without"
      fi
      [ "$answer" = True ] ||
        stop "IAM has the $1 by another ARN than $5; plan with the answer of aws iam list-${1}s"
    }

    # entry LABEL KEY INPUT QUERY: makes an entry, unless it is there as planned.
    entry() {
      if ! $readable; then
        [ "$phase" != make ] || say "would create the entry of $1"
        return 0
      fi
      if answer=$(call eks describe-access-entry --cli-input-json "$2" --query "$4" --output text)
      then
        [ "$answer" = True ] || differs "$1" "$2" "$3"
        [ "$phase" != make ] || say "there already: the entry of $1"
        return 0
      fi
      failed_with ResourceNotFoundException || failed "cannot read the entry of $1"
      case $phase in
        check) return 0 ;;
        verify) stop "the entry of $1 is not there" ;;
      esac
      if $dry_run; then say "would create the entry of $1"; return 0; fi
      if change created "$2" create-access-entry "$3"; then
        say "created the entry of $1"
        return 0
      fi
      failed_with ResourceInUseException || failed "cannot create the entry of $1"
      # Somebody was faster since it was looked for.
      answer=$(call eks describe-access-entry --cli-input-json "$2" --query "$4" --output text) ||
        failed "cannot read the entry of $1"
      [ "$answer" = True ] || differs "$1" "$2" "$3"
      say "there already: the entry of $1"
    }

    # update LABEL KEY INPUT QUERY BEFORE: changes an entry that is as it was when planned.
    update() {
      if ! $readable; then
        [ "$phase" != make ] || say "would update the entry of $1"
        return 0
      fi
      answer=$(call eks describe-access-entry --cli-input-json "$2" --query "$4" --output text) ||
        failed "cannot read the entry of $1"
      if [ "$answer" = True ]; then
        [ "$phase" != make ] || say "there already: the entry of $1"
        return 0
      fi
      [ "$phase" != verify ] || differs "$1" "$2" "$3"
      answer=$(call eks describe-access-entry --cli-input-json "$2" --query "$5" --output text) ||
        failed "cannot read the entry of $1"
      [ "$answer" = True ] || differs "$1" "$2" "$3"
      [ "$phase" = make ] || return 0
      if $dry_run; then say "would update the entry of $1"; return 0; fi
      change updated "$2" update-access-entry "$3" || failed "cannot update the entry of $1"
      say "updated the entry of $1"
    }

    # policy LABEL ENTRY KEY INPUT QUERY BEFORE: associates a policy, unless it is.
    policy() {
      if ! $readable; then
        [ "$phase" != make ] || say "would associate $1"
        return 0
      fi
      if ! answer=$(call eks list-associated-access-policies --cli-input-json "$2" \
        --query "$5" --output text)
      then
        failed_with ResourceNotFoundException || failed "cannot read the policies for $1"
        answer=None
      fi
      if [ "$answer" = True ]; then
        [ "$phase" != make ] || say "there already: $1"
        return 0
      fi
      [ "$phase" != verify ] || stop "not associated as planned: $1"
      if [ "$answer" != None ]; then
        [ -n "$6" ] || stop "associated with another scope than planned: $1"
        answer=$(call eks list-associated-access-policies --cli-input-json "$2" --query "$6" \
          --output text) || failed "cannot read the policies for $1"
        [ "$answer" = True ] || stop "associated with another scope than planned: $1"
      fi
      [ "$phase" = make ] || return 0
      if $dry_run; then say "would associate $1"; return 0; fi
      change associated "$3" associate-access-policy "$4" || failed "cannot associate $1"
      say "associated $1"
    }

    # set_mode INPUT CLUSTER: changes the mode and waits until it has changed.
    set_mode() {
      update=$(call eks update-cluster-config --cli-input-json "$1" --query update.id \
        --output text) || failed "cannot change the mode"
      tries=0
      while :; do
        answer=$(call eks describe-update --cli-input-json "$2" --update-id="$update" \
          --query update.status --output text) || failed "cannot see whether the mode has changed"
        case $answer in
          Successful) return 0 ;;
          InProgress) ;;
          *) stop "the change of the mode ended as $answer" ;;
        esac
        tries=$((tries + 1))
        [ "$tries" -lt 180 ] || stop "the mode has not changed for too long"
        sleep "${POLL_SECONDS:-5}"
      done
    }

    """#

  private var main: String {
    let accounts = ShellScript.accountCheck(plan.cluster)
    let bindings =
      plan.bindings.isEmpty
      ? ""
      : """
      $bindings_added || stop "groups or usernames change: apply the bindings (format rbac) first, \
      then add --bindings-added"

      """
    let configMap =
      plan.cluster.mode == .apiAndConfigMap
      ? "stop \"the plan is for a cluster in the mode API_AND_CONFIG_MAP; this one has CONFIG_MAP\""
      : "readable=false"
    let api =
      plan.cluster.mode == .api
      ? ":" : "stop \"the plan is for a cluster that asks aws-auth; in the mode API it does not\""
    return accounts + ShellScript.modeQuestion(calls.clusterKey) + bindings + """
      readable=true
      case $mode in
        API_AND_CONFIG_MAP) ;;
        CONFIG_MAP) \(configMap) ;;
        API) \(api) ;;
        *) stop "the mode of the cluster is not known: $mode" ;;
      esac
      $readable || $change_mode ||
        stop "the mode is CONFIG_MAP, in which there are no access entries; --change-mode changes \
      it to API_AND_CONFIG_MAP, and nothing changes it back"
      $dry_run || : >>"$journal"

      phase=check
      plan
      if ! $readable && $dry_run; then
        say "would change the mode to API_AND_CONFIG_MAP, which cannot be undone"
      elif ! $readable; then
        set_mode '\(calls.input(for: .apiAndConfigMap).jsonLine)' '\(calls.clusterKey.jsonLine)'
        say "changed the mode to API_AND_CONFIG_MAP"
        readable=true ask_iam=false
        plan
      fi
      phase='make'
      plan
      if $dry_run; then
        say "nothing was changed"
        exit 0
      fi
      phase=verify
      plan
      say "the entries of the plan are there; next: see the steps of the plan"

      """
  }
}
