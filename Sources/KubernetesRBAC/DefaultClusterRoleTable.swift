/// The default ClusterRoles of Kubernetes as a table.
///
/// A role stands at the margin: its name, `in` the roles that its rules are put into, and `of` what
/// it is put together from. Its rules follow in the form of ``PolicyRule/init(tableLine:)``; a `+`
/// marks those that versions after 1.30 have.
///
/// Source: `plugin/pkg/auth/authorizer/rbac/bootstrappolicy` of Kubernetes, its `policy.go` of about
/// 1.30 and its `testdata/cluster-roles.yaml` of about 1.35.
enum DefaultClusterRoleTable {
  static let text = """
    cluster-admin
      * | * | *
      | * | *
    admin of aggregate-to-admin
    edit in aggregate-to-admin of aggregate-to-edit
    view in aggregate-to-edit of aggregate-to-view
    system:aggregate-to-admin in aggregate-to-admin
      authorization.k8s.io | localsubjectaccessreviews | create
      rbac.authorization.k8s.io | roles rolebindings | get list watch create update patch \
          delete deletecollection
    system:aggregate-to-edit in aggregate-to-edit
      core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy | get \
          list watch
      core | serviceaccounts | impersonate
      core | pods pods/attach pods/exec pods/portforward pods/proxy | create update patch \
          delete deletecollection
      core | pods/eviction | create
      core | configmaps persistentvolumeclaims replicationcontrollers \
          replicationcontrollers/scale secrets serviceaccounts services services/proxy | create \
          update patch delete deletecollection
      core | serviceaccounts/token | create
      core | events | create update patch delete deletecollection
      + events.k8s.io | events | create update patch delete deletecollection
      apps | daemonsets deployments deployments/rollback deployments/scale replicasets \
          replicasets/scale statefulsets statefulsets/scale | create update patch delete \
          deletecollection
      autoscaling | horizontalpodautoscalers | create update patch delete deletecollection
      batch | cronjobs jobs | create update patch delete deletecollection
      extensions | daemonsets deployments deployments/rollback deployments/scale ingresses \
          networkpolicies replicasets replicasets/scale replicationcontrollers/scale | create \
          update patch delete deletecollection
      policy | poddisruptionbudgets | create update patch delete deletecollection
      networking.k8s.io | ingresses networkpolicies | create update patch delete deletecollection
      coordination.k8s.io | leases | get list watch create update patch delete deletecollection
      + resource.k8s.io | resourceclaims resourceclaimtemplates | create update patch delete \
          deletecollection
    system:aggregate-to-view in aggregate-to-view
      core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods \
          replicationcontrollers replicationcontrollers/scale serviceaccounts services \
          services/status | get list watch
      core | bindings limitranges namespaces/status pods/log pods/status \
          replicationcontrollers/status resourcequotas resourcequotas/status | get list watch
      core | namespaces | get list watch
      core | events | get list watch
      + events.k8s.io | events | get list watch
      discovery.k8s.io | endpointslices | get list watch
      apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale \
          deployments/status replicasets replicasets/scale replicasets/status statefulsets \
          statefulsets/scale statefulsets/status | get list watch
      autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | get list watch
      batch | cronjobs cronjobs/status jobs jobs/status | get list watch
      extensions | daemonsets daemonsets/status deployments deployments/scale \
          deployments/status ingresses ingresses/status networkpolicies replicasets \
          replicasets/scale replicasets/status replicationcontrollers/scale | get list watch
      policy | poddisruptionbudgets poddisruptionbudgets/status | get list watch
      networking.k8s.io | ingresses ingresses/status networkpolicies | get list watch
      + resource.k8s.io | resourceclaims resourceclaims/status resourceclaimtemplates | get \
          list watch
    system:auth-delegator
      authentication.k8s.io | tokenreviews | create
      authorization.k8s.io | subjectaccessreviews | create
    system:basic-user
      authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews | create
      authentication.k8s.io | selfsubjectreviews | create
    system:certificates.k8s.io:certificatesigningrequests:nodeclient
      certificates.k8s.io | certificatesigningrequests/nodeclient | create
    system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
      certificates.k8s.io | certificatesigningrequests/selfnodeclient | create
    system:certificates.k8s.io:kube-apiserver-client-approver
      certificates.k8s.io | signers | approve | kubernetes.io/kube-apiserver-client
    system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
      certificates.k8s.io | signers | approve | kubernetes.io/kube-apiserver-client-kubelet
    system:certificates.k8s.io:kubelet-serving-approver
      certificates.k8s.io | signers | approve | kubernetes.io/kubelet-serving
    system:certificates.k8s.io:legacy-unknown-approver
      certificates.k8s.io | signers | approve | kubernetes.io/legacy-unknown
    system:discovery
      | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version \
          /version/ | get
    system:heapster
      core | events namespaces nodes pods | get list watch
      extensions | deployments | get list watch
    system:kube-aggregator
      core | endpoints services | get list watch
    system:kube-controller-manager
      core events.k8s.io | events | create patch update
      coordination.k8s.io | leases | create
      coordination.k8s.io | leases | get update | kube-controller-manager
      core | secrets serviceaccounts | create
      core | secrets | delete
      core | configmaps namespaces secrets serviceaccounts | get
      core | secrets serviceaccounts | update
      authentication.k8s.io | tokenreviews | create
      authorization.k8s.io | subjectaccessreviews | create
      * | * | list watch
      core | serviceaccounts/token | create
    system:kube-dns
      core | endpoints services | list watch
    system:kube-scheduler
      core events.k8s.io | events | create patch update
      coordination.k8s.io | leases | create
      coordination.k8s.io | leases | get update | kube-scheduler
      + coordination.k8s.io | leases | list watch | kube-scheduler
      + coordination.k8s.io | leasecandidates | get list watch create update patch delete \
          deletecollection
      core | nodes | get list watch
      core | pods | delete get list watch
      core | bindings pods/binding | create
      core | pods/status | patch update
      core | replicationcontrollers services | get list watch
      apps extensions | replicasets | get list watch
      apps | statefulsets | get list watch
      policy | poddisruptionbudgets | get list watch
      core | persistentvolumeclaims persistentvolumes | get list watch
      authentication.k8s.io | tokenreviews | create
      authorization.k8s.io | subjectaccessreviews | create
      storage.k8s.io | csinodes | get list watch
      + storage.k8s.io | volumeattachments | get list watch
      core | namespaces | get list watch
      storage.k8s.io | csidrivers | get list watch
      storage.k8s.io | csistoragecapacities | get list watch
      + resource.k8s.io | deviceclasses | get list watch
      + resource.k8s.io | resourceclaims | get list watch update patch
      + resource.k8s.io | resourceclaims/status | get list watch update patch
      + core | pods/finalizers | update
      + resource.k8s.io | resourceslices | get list watch
      + resource.k8s.io | resourceclaims | create delete
    system:kubelet-api-admin
      core | nodes | get list watch
      core | nodes | proxy
      core | nodes/log nodes/metrics nodes/proxy nodes/stats | *
      + core | nodes/configz nodes/healthz nodes/pods | *
    system:monitoring
      | /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* | get
      + | /statusz | get
      + core | nodes/metrics | get
    system:node
      authentication.k8s.io | tokenreviews | create
      authorization.k8s.io | localsubjectaccessreviews subjectaccessreviews | create
      core | services | get list watch
      core | nodes | create get list watch
      core | nodes/status | patch update
      core | nodes | patch update
      core events.k8s.io | events | create patch update
      core | pods | get list watch
      core | pods | create delete
      core | pods/status | patch update
      core | pods/eviction | create
      core | configmaps secrets | get list watch
      core | persistentvolumeclaims persistentvolumes | get
      core | endpoints | get
      certificates.k8s.io | certificatesigningrequests | create get list watch
      coordination.k8s.io | leases | create delete get patch update
      storage.k8s.io | volumeattachments | get
      core | serviceaccounts/token | create
      core | persistentvolumeclaims/status | get patch update
      storage.k8s.io | csidrivers | get list watch
      storage.k8s.io | csinodes | create delete get patch update
      node.k8s.io | runtimeclasses | get list watch
      + resource.k8s.io | resourceclaims | get
      + resource.k8s.io | resourceslices | deletecollection
      + core | serviceaccounts | get
    system:node-bootstrapper
      certificates.k8s.io | certificatesigningrequests | create get list watch
    system:node-problem-detector
      core | nodes | get
      core | nodes/status | patch
      core events.k8s.io | events | create patch update
    system:node-proxier
      core | endpoints services | list watch
      core | nodes | get list watch
      core events.k8s.io | events | create patch update
      + networking.k8s.io | servicecidrs | list watch
      discovery.k8s.io | endpointslices | list watch
    system:persistent-volume-provisioner
      core | persistentvolumes | create delete get list watch
      core | persistentvolumeclaims | get list update watch
      storage.k8s.io | storageclasses | get list watch
      core | events | watch
      core events.k8s.io | events | create patch update
    system:public-info-viewer
      | /healthz /livez /readyz /version /version/ | get
    system:service-account-issuer-discovery
      | /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks \
          /openid/v1/jwks/ | get
    system:volume-scheduler
      core | persistentvolumes | get list watch update patch
      storage.k8s.io | storageclasses | get list watch
      core | persistentvolumeclaims | get list watch update patch
    """
}
