import KubernetesRBAC

/// The rules of access policies, from the page "Review access policy permissions" of the EKS user
/// guide (``AccessPolicy/rulesDate``) and, for the three at the end, its later text.
enum AccessPolicyRules {
  /// The lines are those of ``PolicyRule/init(tableLine:)``.
  static let byName: [String: [PolicyRule]] = tables.mapValues { table in
    table.split(separator: "\n").map { PolicyRule(tableLine: $0) }
  }

  private static let tables: [String: String] = [
    "AmazonEKSAdminPolicy": """
    apps | daemonsets deployments deployments/rollback deployments/scale replicasets \
      replicasets/scale statefulsets statefulsets/scale | create delete deletecollection patch \
      update
    apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale \
      deployments/status replicasets replicasets/scale replicasets/status statefulsets \
      statefulsets/scale statefulsets/status | get list watch
    authorization.k8s.io | localsubjectaccessreviews | create
    autoscaling | horizontalpodautoscalers | create delete deletecollection patch update
    autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | get list watch
    batch | cronjobs jobs | create delete deletecollection patch update
    batch | cronjobs cronjobs/status jobs jobs/status | get list watch
    discovery.k8s.io | endpointslices | get list watch
    extensions | daemonsets deployments deployments/rollback deployments/scale ingresses \
      networkpolicies replicasets replicasets/scale replicationcontrollers/scale | create \
      delete deletecollection patch update
    extensions | daemonsets daemonsets/status deployments deployments/scale \
      deployments/status ingresses ingresses/status networkpolicies replicasets \
      replicasets/scale replicasets/status replicationcontrollers/scale | get list watch
    networking.k8s.io | ingresses ingresses/status networkpolicies | get list watch
    networking.k8s.io | ingresses networkpolicies | create delete deletecollection patch \
      update
    policy | poddisruptionbudgets | create delete deletecollection patch update
    policy | poddisruptionbudgets poddisruptionbudgets/status | get list watch
    rbac.authorization.k8s.io | rolebindings roles | create delete deletecollection get list \
      patch update watch
    core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods \
      replicationcontrollers replicationcontrollers/scale serviceaccounts services \
      services/status | get list watch
    core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy | get \
      list watch
    core | configmaps events persistentvolumeclaims replicationcontrollers \
      replicationcontrollers/scale secrets serviceaccounts services services/proxy | create \
      delete deletecollection patch update
    core | pods pods/attach pods/exec pods/portforward pods/proxy | create delete \
      deletecollection patch update
    core | serviceaccounts | impersonate
    core | bindings events limitranges namespaces/status pods/log pods/status \
      replicationcontrollers/status resourcequotas resourcequotas/status | get list watch
    core | namespaces | get list watch
    """,
    "AmazonEKSClusterAdminPolicy": """
    * | * | *
    | * | *
    """,
    "AmazonEKSAdminViewPolicy": """
    * | * | get list watch
    """,
    "AmazonEKSEditPolicy": """
    apps | daemonsets deployments deployments/rollback deployments/scale replicasets \
      replicasets/scale statefulsets statefulsets/scale | create delete deletecollection patch \
      update
    apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale \
      deployments/status replicasets replicasets/scale replicasets/status statefulsets \
      statefulsets/scale statefulsets/status | get list watch
    autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | get list watch
    autoscaling | horizontalpodautoscalers | create delete deletecollection patch update
    batch | cronjobs jobs | create delete deletecollection patch update
    batch | cronjobs cronjobs/status jobs jobs/status | get list watch
    discovery.k8s.io | endpointslices | get list watch
    extensions | daemonsets deployments deployments/rollback deployments/scale ingresses \
      networkpolicies replicasets replicasets/scale replicationcontrollers/scale | create \
      delete deletecollection patch update
    extensions | daemonsets daemonsets/status deployments deployments/scale \
      deployments/status ingresses ingresses/status networkpolicies replicasets \
      replicasets/scale replicasets/status replicationcontrollers/scale | get list watch
    networking.k8s.io | ingresses networkpolicies | create delete deletecollection patch \
      update
    networking.k8s.io | ingresses ingresses/status networkpolicies | get list watch
    policy | poddisruptionbudgets | create delete deletecollection patch update
    policy | poddisruptionbudgets poddisruptionbudgets/status | get list watch
    core | namespaces | get list watch
    core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy | get \
      list watch
    core | serviceaccounts | impersonate
    core | pods pods/attach pods/exec pods/portforward pods/proxy | create delete \
      deletecollection patch update
    core | configmaps events persistentvolumeclaims replicationcontrollers \
      replicationcontrollers/scale secrets serviceaccounts services services/proxy | create \
      delete deletecollection patch update
    core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods \
      replicationcontrollers replicationcontrollers/scale serviceaccounts services \
      services/status | get list watch
    core | bindings events limitranges namespaces/status pods/log pods/status \
      replicationcontrollers/status resourcequotas resourcequotas/status | get list watch
    """,
    "AmazonEKSViewPolicy": """
    apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale \
      deployments/status replicasets replicasets/scale replicasets/status statefulsets \
      statefulsets/scale statefulsets/status | get list watch
    autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | get list watch
    batch | cronjobs cronjobs/status jobs jobs/status | get list watch
    discovery.k8s.io | endpointslices | get list watch
    extensions | daemonsets daemonsets/status deployments deployments/scale \
      deployments/status ingresses ingresses/status networkpolicies replicasets \
      replicasets/scale replicasets/status replicationcontrollers/scale | get list watch
    networking.k8s.io | ingresses ingresses/status networkpolicies | get list watch
    policy | poddisruptionbudgets poddisruptionbudgets/status | get list watch
    core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods \
      replicationcontrollers replicationcontrollers/scale serviceaccounts services \
      services/status | get list watch
    core | bindings events limitranges namespaces/status pods/log pods/status \
      replicationcontrollers/status resourcequotas resourcequotas/status | get list watch
    core | namespaces | get list watch
    """,
    "AmazonEKSHybridPolicy": """
    * | nodes | list
    """,
    "AmazonEKSSecretReaderPolicy": """
    core | secrets | get list watch
    """,
    "AmazonEKSSecretAdminPolicy": """
    core | secrets | *
    """,
    "AmazonARCRegionSwitchScalingPolicy": """
    * | */scale | get update
    * | */status | get
    autoscaling | horizontalpodautoscalers | get patch
    """,
  ]
}
