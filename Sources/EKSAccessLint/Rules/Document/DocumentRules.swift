extension RuleRegistry {
  /// Rules about the file, its YAML and the shape of the ConfigMap.
  static let documentRules: [any Rule.Type] = [
    YAMLSyntax.self, MappingSyntax.self, UnquotedTemplate.self, SectionNotString.self,
    SectionKeyCase.self, UnknownSection.self, SectionShape.self, EmptySection.self,
    ExtraDocument.self, RepeatedKey.self, GroupsNotList.self, GluedGroups.self, ValueType.self,
    UnknownField.self, FieldCase.self, MissingARN.self, MissingUsername.self, MissingGroups.self,
    ObjectName.self, MissingNamespace.self, Placeholder.self, ExportedMetadata.self,
    ObjectTooLarge.self, TemplateSource.self, GeneratedName.self, EksctlMapping.self,
  ]
}
