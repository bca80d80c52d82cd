import EKSAccess
import KubernetesRBAC

extension MigrationPlanner {
  /// What is gathered beside the items.
  struct Draft {
    private(set) var bindings: [MigrationPlan.AddedBinding] = []
    private(set) var assumptions: [MigrationPlan.Assumption] = []
    private var seenBindings: Set<MigrationPlan.AddedBinding> = []
    private var seenAssumptions: Set<MigrationPlan.Assumption> = []
    private var carried: [Subject: Set<Subject>] = [:]
    private var carriedTemplates: [UsernameTemplate: Set<UsernameTemplate>] = [:]
    private var policies: [Subject: [AccessPolicyAssociation]?] = [:]
    private var takenNames: Set<BindingName> = []
    /// The bindings of which files have several that differ.
    private var ambiguous: Set<BindingName> = []
    /// Whether the row at hand gets an entry that needs its bindings.
    var addsBindings = true
    /// The bindings that the row at hand needs and that are not added.
    var lackedBindings: [String] = []
    var names: NewNames

    init(names: NewNames, _ rbac: RBACIndex?) {
      self.names = names
      var known: [BindingName: RBACIndex.Binding] = [:]
      for binding in rbac?.bindings ?? [] {
        if let other = known.updateValue(binding, forKey: binding.name), other != binding {
          ambiguous.insert(binding.name)
        }
      }
      takenNames = Set(known.keys)
    }

    /// Adds a binding under a name that no other one has.
    private mutating func add(_ binding: MigrationPlan.AddedBinding) {
      guard seenBindings.insert(binding).inserted else { return }
      var binding = binding
      let name = binding.binding.metadata.name
      var number = 2
      while !takenNames.insert(binding.name).inserted {
        binding.binding.metadata.name = "\(name)-\(number)"
        number += 1
      }
      bindings.append(binding)
    }

    mutating func assume(_ assumption: MigrationPlan.Assumption) {
      if seenAssumptions.insert(assumption).inserted { assumptions.append(assumption) }
    }

    /// Adds what lacks for a group or user to be bound as another one is.
    mutating func carryBindings(from old: Subject, to new: Subject, _ rbac: RBACIndex) {
      assume(.bindingsAreAll)
      guard addsBindings else {
        if carried[old]?.contains(new) == true { return }
        lackedBindings += rbac.bindings(of: old, lackedBy: new).map(\.object.metadata.name)
        return
      }
      guard carried[old, default: []].insert(new).inserted else { return }
      for binding in rbac.bindings(of: old, lackedBy: new) {
        if ambiguous.contains(binding.name) {
          assume(.bindingsDiffer(binding.object.metadata.name))
        }
        if !binding.tellsNamespace { assume(.namespaceUnknown(binding.object.metadata.name)) }
        add(binding.copy(for: new))
      }
    }

    /// Adds what lacks for the users of a template to be bound as those of another one are.
    mutating func carryUsers(
      from old: UsernameTemplate, to new: UsernameTemplate, _ rbac: RBACIndex
    ) {
      assume(.bindingsAreAll)
      if addsBindings, !carriedTemplates[old, default: []].insert(new).inserted { return }
      for pair in rbac.users(of: old, becoming: new) {
        carryBindings(from: pair.old, to: pair.new, rbac)
      }
    }

    /// The policies that give what the bindings of a group or user give, if there are any.
    mutating func policies(
      inPlaceOf subject: Subject, _ rbac: RBACIndex?, _ partition: Partition
    ) -> [AccessPolicyAssociation]? {
      guard let rbac else { return nil }
      if let known = policies[subject] { return known }
      let bindings = rbac.bindings(of: subject)
      let found =
        bindings.contains { ambiguous.contains($0.name) }
        ? nil
        : PolicyFinder(rbac: rbac, partition: partition).associations(inPlaceOf: bindings)
      policies[subject] = .some(found)
      if found != nil {
        assume(.bindingsAreAll)
        assume(.policyRules)
      }
      return found
    }
  }
}
