import YAMLSource

extension MappingDialect {
  /// `mapRoles` and `mapUsers` in the objects of operators that put aws-auth together from many.
  public static let operatorItem = MappingDialect(
    name: "the object", reader: "the API server", refusal: "the API server refuses the object",
    decoding: .strict, readsKeysInAnyCase: false, isOnePerCluster: false)
}

extension AWSAuthManifest {
  /// Reads an `AwsAuthMapSnippet` or `AWSAuthItem`; `nil` for other objects.
  init?(operatorItem object: KubernetesObject) {
    let isSnippet = object.kind?.has("AwsAuthMapSnippet") == true
    let isItem = object.kind?.has("AWSAuthItem") == true
    guard
      isSnippet && object.isOf(group: "crd.awsauth.io")
        || isItem && object.isOf(group: "aws.maruina.k8s")
    else { return nil }
    self.init(object, lists: object.node.value(of: "spec"), dialect: .operatorItem)
  }
}
