namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>The facts of the built-in types, one type a line; <see cref="SchemaFacts"/> says how to read them.</summary>
internal static class SchemaFactsTable
{
    public const string Text = """
        Admissionregistrationv1ServiceReference name:! namespace:! path:? port:?
        Admissionregistrationv1WebhookClientConfig url:?
        Apiextensionsv1ServiceReference name:! namespace:! path:? port:?
        Apiextensionsv1WebhookClientConfig url:?
        Authenticationv1TokenRequest metadata:! spec:! status:!
        Corev1EndpointPort atomic appProtocol:? port:!
        Corev1Event eventTime:!|micro firstTimestamp:! involvedObject:! lastTimestamp:! metadata:! reportingComponent:! reportingInstance:! source:!
        Corev1EventSeries lastObservedTime:!|micro
        Corev1ResourceClaim name:!
        Discoveryv1EndpointPort atomic appProtocol:? name:? port:? protocol:?
        Eventsv1Event deprecatedFirstTimestamp:! deprecatedLastTimestamp:! deprecatedSource:! eventTime:!|micro metadata:! regarding:!
        Eventsv1EventSeries count:! lastObservedTime:!|micro
        Rbacv1Subject atomic kind:! name:!
        Storagev1TokenRequest audience:! expirationSeconds:?
        V1AWSElasticBlockStoreVolumeSource volumeID:!
        V1AppArmorProfile localhostProfile:? type:!
        V1AttachedVolume devicePath:! name:!
        V1AuditAnnotation key:! valueExpression:!
        V1AzureDiskVolumeSource cachingMode:? diskName:! diskURI:! fsType:? kind:? readOnly:?
        V1AzureFilePersistentVolumeSource secretName:! secretNamespace:!? shareName:!
        V1AzureFileVolumeSource secretName:! shareName:!
        V1Binding metadata:! target:!
        V1CSIDriver metadata:! spec:!
        V1CSIDriverSpec attachRequired:? fsGroupPolicy:? nodeAllocatableUpdatePeriodSeconds:? podInfoOnMount:? preventPodSchedulingIfMissing:? requiresRepublish:? seLinuxMount:? serviceAccountTokenInSecrets:? storageCapacity:? volumeLifecycleModes:set
        V1CSINode metadata:! spec:!
        V1CSINodeDriver name:! nodeID:! topologyKeys:!
        V1CSINodeSpec drivers:!|map(name)|merge(name)
        V1CSIPersistentVolumeSource driver:! volumeHandle:!
        V1CSIStorageCapacity capacity:? maximumVolumeSize:? metadata:! storageClassName:!
        V1CSIVolumeSource driver:! fsType:? readOnly:?
        V1CephFSPersistentVolumeSource monitors:!
        V1CephFSVolumeSource monitors:!
        V1CinderPersistentVolumeSource volumeID:!
        V1CinderVolumeSource volumeID:!
        V1ClientIPConfig timeoutSeconds:?
        V1ClusterRole metadata:! rules:!
        V1ClusterRoleBinding metadata:! roleRef:!
        V1ClusterTrustBundleProjection name:? optional:? path:! signerName:?
        V1Condition lastTransitionTime:! message:! reason:! status:! type:!
        V1ConfigMap immutable:? metadata:!
        V1ConfigMapEnvSource optional:?
        V1ConfigMapKeySelector atomic key:! optional:?
        V1ConfigMapNodeConfigSource kubeletConfigKey:! name:! namespace:!
        V1ConfigMapProjection optional:?
        V1ConfigMapVolumeSource defaultMode:? optional:?
        V1Container env:map(name)|merge(name) name:! ports:map(containerPort,protocol=TCP)|merge(containerPort) resources:! restartPolicy:? volumeDevices:map(devicePath)|merge(devicePath) volumeMounts:map(mountPath)|merge(mountPath)
        V1ContainerExtendedResourceRequest containerName:! requestName:! resourceName:!
        V1ContainerImage names:!
        V1ContainerPort containerPort:!
        V1ContainerResizePolicy resourceName:! restartPolicy:!
        V1ContainerRestartRuleOnExitCodes values:set
        V1ContainerStateRunning startedAt:!
        V1ContainerStateTerminated exitCode:! finishedAt:! startedAt:!
        V1ContainerStatus allocatedResourcesStatus:map(name)|merge(name) image:! imageID:! lastState:! name:! ready:! restartCount:! started:? state:! stopSignal:? volumeMounts:map(mountPath)|merge(mountPath)
        V1ControllerRevision data:! metadata:! revision:!
        V1CronJob metadata:! spec:! status:!
        V1CronJobSpec failedJobsHistoryLimit:? jobTemplate:! schedule:! startingDeadlineSeconds:? successfulJobsHistoryLimit:? suspend:? timeZone:?
        V1CronJobStatus lastScheduleTime:? lastSuccessfulTime:?
        V1CrossVersionObjectReference atomic kind:! name:!
        V1CustomResourceColumnDefinition jsonPath:! name:! type:!
        V1CustomResourceConversion strategy:!
        V1CustomResourceDefinition metadata:! spec:! status:!
        V1CustomResourceDefinitionCondition lastTransitionTime:! status:! type:!
        V1CustomResourceDefinitionNames kind:! plural:!
        V1CustomResourceDefinitionSpec group:! names:! scope:! versions:!
        V1CustomResourceDefinitionStatus acceptedNames:! conditions:!|map(type) storedVersions:!
        V1CustomResourceDefinitionVersion deprecationWarning:? name:! served:! storage:!
        V1CustomResourceSubresourceScale labelSelectorPath:? specReplicasPath:! statusReplicasPath:!
        V1DaemonEndpoint Port:!
        V1DaemonSet metadata:! spec:! status:!
        V1DaemonSetCondition lastTransitionTime:! status:! type:!
        V1DaemonSetSpec revisionHistoryLimit:? template:! updateStrategy:!
        V1DaemonSetStatus collisionCount:? conditions:map(type)|merge(type) currentNumberScheduled:! desiredNumberScheduled:! numberMisscheduled:! numberReady:!
        V1DeleteOptions gracePeriodSeconds:? ignoreStoreReadErrorWithClusterBreakingPotential:? orphanDependents:? propagationPolicy:?
        V1Deployment metadata:! spec:! status:!
        V1DeploymentCondition lastTransitionTime:! lastUpdateTime:! status:! type:!
        V1DeploymentSpec progressDeadlineSeconds:? replicas:? revisionHistoryLimit:? strategy:!|retainKeys template:!
        V1DeploymentStatus collisionCount:? conditions:map(type)|merge(type) terminatingReplicas:?
        V1DownwardAPIVolumeFile mode:? path:!
        V1DownwardAPIVolumeSource defaultMode:?
        V1EmptyDirVolumeSource sizeLimit:?
        V1Endpoint addresses:!|set conditions:! hostname:? nodeName:? zone:?
        V1EndpointAddress atomic ip:! nodeName:?
        V1EndpointConditions ready:? serving:? terminating:?
        V1EndpointSlice addressType:! endpoints:! metadata:! ports:!
        V1Endpoints metadata:!
        V1EnvVar name:!
        V1EphemeralContainer env:map(name)|merge(name) name:! ports:map(containerPort,protocol=TCP)|merge(containerPort) resources:! restartPolicy:? volumeDevices:map(devicePath)|merge(devicePath) volumeMounts:map(mountPath)|merge(mountPath)
        V1Eviction metadata:!
        V1ExpressionWarning fieldRef:! warning:!
        V1FCVolumeSource lun:?
        V1FieldSelectorRequirement key:! operator:!
        V1FileKeySelector atomic key:! optional:? path:! volumeName:!
        V1FlexPersistentVolumeSource driver:!
        V1FlexVolumeSource driver:!
        V1ForNode name:!
        V1ForZone name:!
        V1GCEPersistentDiskVolumeSource pdName:!
        V1GRPCAction port:! service:!?
        V1GitRepoVolumeSource repository:!
        V1GlusterfsPersistentVolumeSource endpoints:! endpointsNamespace:? path:!
        V1GlusterfsVolumeSource endpoints:! path:!
        V1GroupResource group:! resource:!
        V1GroupVersionForDiscovery groupVersion:! version:!
        V1HTTPGetAction port:!
        V1HTTPHeader name:! value:!
        V1HTTPIngressPath backend:! pathType:?
        V1HTTPIngressRuleValue paths:!
        V1HorizontalPodAutoscaler metadata:! spec:! status:!
        V1HorizontalPodAutoscalerSpec maxReplicas:! minReplicas:? scaleTargetRef:! targetCPUUtilizationPercentage:?
        V1HorizontalPodAutoscalerStatus currentCPUUtilizationPercentage:? currentReplicas:! desiredReplicas:! lastScaleTime:? observedGeneration:?
        V1HostAlias ip:!
        V1HostIP ip:!
        V1HostPathVolumeSource path:! type:?
        V1IPAddress metadata:! spec:!
        V1IPBlock cidr:!
        V1ISCSIPersistentVolumeSource initiatorName:? iqn:! lun:! targetPortal:!
        V1ISCSIVolumeSource initiatorName:? iqn:! lun:! targetPortal:!
        V1Ingress metadata:! spec:! status:!
        V1IngressClass metadata:! spec:!
        V1IngressClassParametersReference apiGroup:? kind:! name:! namespace:? scope:!?
        V1IngressPortStatus error:? port:! protocol:!
        V1IngressServiceBackend name:! port:!
        V1IngressSpec ingressClassName:?
        V1IngressStatus loadBalancer:!
        V1JSONSchemaProps $ref:? maxItems:? maxLength:? maxProperties:? maximum:? minItems:? minLength:? minProperties:? minimum:? multipleOf:? x-kubernetes-list-type:? x-kubernetes-map-type:? x-kubernetes-preserve-unknown-fields:? x-kubernetes-validations:map(rule)|merge(rule)
        V1Job metadata:! spec:! status:!
        V1JobCondition lastProbeTime:! lastTransitionTime:! status:! type:!
        V1JobSpec activeDeadlineSeconds:? backoffLimit:? backoffLimitPerIndex:? completionMode:? completions:? managedBy:? manualSelector:? maxFailedIndexes:? parallelism:? podReplacementPolicy:? suspend:? template:! ttlSecondsAfterFinished:?
        V1JobStatus completionTime:? conditions:merge(type) failedIndexes:? ready:? startTime:? terminating:?
        V1JobTemplateSpec metadata:! spec:!
        V1KeyToPath key:! mode:? path:!
        V1LabelSelector atomic
        V1LabelSelectorRequirement key:! operator:!
        V1Lease metadata:! spec:!
        V1LeaseSpec acquireTime:?|micro holderIdentity:? leaseDurationSeconds:? leaseTransitions:? preferredHolder:? renewTime:?|micro strategy:?
        V1Lifecycle stopSignal:?
        V1LimitRange metadata:! spec:!
        V1LimitRangeItem type:!
        V1LimitRangeSpec limits:!
        V1LinuxContainerUser gid:! uid:!
        V1ListMeta remainingItemCount:?
        V1LoadBalancerIngress ipMode:?
        V1LocalObjectReference atomic
        V1LocalSubjectAccessReview metadata:! spec:! status:!
        V1LocalVolumeSource fsType:? path:!
        V1ManagedFieldsEntry time:?
        V1MatchCondition expression:! name:!
        V1MatchResources atomic matchPolicy:?
        V1ModifyVolumeStatus status:!
        V1MutatingAdmissionPolicy metadata:! spec:!
        V1MutatingAdmissionPolicyBinding metadata:! spec:!
        V1MutatingAdmissionPolicySpec failurePolicy:? matchConditions:map(name)|merge(name)
        V1MutatingWebhook admissionReviewVersions:! clientConfig:! failurePolicy:? matchConditions:map(name)|merge(name) matchPolicy:? name:! reinvocationPolicy:? sideEffects:!? timeoutSeconds:?
        V1MutatingWebhookConfiguration metadata:! webhooks:map(name)|merge(name)
        V1Mutation patchType:!
        V1NFSVolumeSource path:! server:!
        V1NamedRuleWithOperations atomic scope:?
        V1Namespace metadata:! spec:! status:!
        V1NamespaceCondition lastTransitionTime:! status:! type:!
        V1NamespaceStatus conditions:map(type)|merge(type)
        V1NetworkPolicy metadata:! spec:!
        V1NetworkPolicyPort endPort:? port:? protocol:?
        V1NetworkPolicySpec podSelector:!
        V1Node metadata:! spec:! status:!
        V1NodeAddress address:! type:!
        V1NodeAllocatableResourceClaimStatus containers:set resourceClaimName:! resources:!
        V1NodeCondition lastHeartbeatTime:! lastTransitionTime:! status:! type:!
        V1NodeDaemonEndpoints kubeletEndpoint:!
        V1NodeFeatures supplementalGroupsPolicy:?
        V1NodeRuntimeHandler name:!
        V1NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:? userNamespaces:?
        V1NodeSelector atomic nodeSelectorTerms:!
        V1NodeSelectorRequirement key:! operator:!
        V1NodeSelectorTerm atomic
        V1NodeSpec podCIDRs:set|merge
        V1NodeStatus addresses:map(type)|merge(type) conditions:map(type)|merge(type) daemonEndpoints:! nodeInfo:!
        V1NodeSwapStatus capacity:?
        V1NodeSystemInfo architecture:! bootID:! containerRuntimeVersion:! kernelVersion:! kubeProxyVersion:! kubeletVersion:! machineID:! operatingSystem:! osImage:! systemUUID:!
        V1NonResourceRule verbs:!
        V1ObjectFieldSelector atomic fieldPath:!
        V1ObjectMeta deletionGracePeriodSeconds:? deletionTimestamp:? finalizers:set|merge ownerReferences:map(uid)|merge(uid)
        V1ObjectReference atomic
        V1OwnerReference atomic apiVersion:! blockOwnerDeletion:? controller:? kind:! name:! uid:!
        V1ParamKind atomic
        V1ParamRef atomic parameterNotFoundAction:?
        V1PersistentVolume metadata:! spec:! status:!
        V1PersistentVolumeClaim metadata:! spec:! status:!
        V1PersistentVolumeClaimCondition lastProbeTime:! lastTransitionTime:! status:! type:!
        V1PersistentVolumeClaimSpec resources:! storageClassName:? volumeAttributesClassName:? volumeMode:?
        V1PersistentVolumeClaimStatus conditions:map(type)|merge(type) currentVolumeAttributesClassName:?
        V1PersistentVolumeClaimTemplate metadata:! spec:!
        V1PersistentVolumeClaimVolumeSource claimName:!
        V1PersistentVolumeSpec volumeAttributesClassName:? volumeMode:?
        V1PersistentVolumeStatus lastPhaseTransitionTime:?
        V1PhotonPersistentDiskVolumeSource pdID:!
        V1Pod metadata:! spec:! status:!
        V1PodAffinityTerm topologyKey:!
        V1PodCertificateProjection maxExpirationSeconds:?
        V1PodCondition lastProbeTime:! lastTransitionTime:! status:! type:!
        V1PodDNSConfigOption value:?
        V1PodDisruptionBudget metadata:! spec:! status:!
        V1PodDisruptionBudgetSpec maxUnavailable:? minAvailable:? unhealthyPodEvictionPolicy:?
        V1PodDisruptionBudgetStatus conditions:map(type)|merge(type) currentHealthy:! desiredHealthy:! disruptionsAllowed:! expectedPods:!
        V1PodExtendedResourceClaimStatus requestMappings:! resourceClaimName:!
        V1PodFailurePolicy rules:!
        V1PodFailurePolicyOnExitCodesRequirement containerName:? operator:! values:!|set
        V1PodFailurePolicyOnPodConditionsPattern status:! type:!
        V1PodFailurePolicyRule action:!
        V1PodIP ip:!
        V1PodOS name:!
        V1PodReadinessGate conditionType:!
        V1PodResourceClaim name:! resourceClaimName:? resourceClaimTemplateName:?
        V1PodResourceClaimStatus name:! resourceClaimName:?
        V1PodSchedulingGate name:!
        V1PodSchedulingGroup podGroupName:?
        V1PodSecurityContext fsGroup:? fsGroupChangePolicy:? runAsGroup:? runAsNonRoot:? runAsUser:? seLinuxChangePolicy:? supplementalGroupsPolicy:?
        V1PodSpec activeDeadlineSeconds:? automountServiceAccountToken:? containers:!|map(name)|merge(name) enableServiceLinks:? ephemeralContainers:map(name)|merge(name) hostAliases:map(ip)|merge(ip) hostUsers:? hostnameOverride:? imagePullSecrets:map(name)|merge(name) initContainers:map(name)|merge(name) nodeSelector:atomic preemptionPolicy:? priority:? resourceClaims:map(name)|merge(name)|retainKeys runtimeClassName:? schedulingGates:map(name)|merge(name) setHostnameAsFQDN:? shareProcessNamespace:? terminationGracePeriodSeconds:? topologySpreadConstraints:map(topologyKey,whenUnsatisfiable)|merge(topologyKey) volumes:map(name)|merge(name)|retainKeys
        V1PodStatus conditions:map(type)|merge(type) hostIPs:merge(ip) podIPs:map(ip)|merge(ip) resourceClaimStatuses:map(name)|merge(name)|retainKeys startTime:?
        V1PodTemplate metadata:! template:!
        V1PodTemplateSpec metadata:! spec:!
        V1PolicyRule verbs:!
        V1PortStatus error:? port:! protocol:!
        V1PortworxVolumeSource volumeID:!
        V1Preconditions resourceVersion:? uid:?
        V1PreferredSchedulingTerm preference:! weight:!
        V1PriorityClass metadata:! preemptionPolicy:? value:!
        V1Probe terminationGracePeriodSeconds:?
        V1ProjectedVolumeSource defaultMode:? sources:!
        V1QuobyteVolumeSource registry:! volume:!
        V1RBDPersistentVolumeSource image:! monitors:!
        V1RBDVolumeSource image:! monitors:!
        V1ReplicaSet metadata:! spec:! status:!
        V1ReplicaSetCondition lastTransitionTime:! status:! type:!
        V1ReplicaSetSpec replicas:? template:!
        V1ReplicaSetStatus conditions:map(type)|merge(type) replicas:! terminatingReplicas:?
        V1ReplicationController metadata:! spec:! status:!
        V1ReplicationControllerCondition lastTransitionTime:! status:! type:!
        V1ReplicationControllerSpec replicas:? selector:atomic
        V1ReplicationControllerStatus conditions:map(type)|merge(type) replicas:!
        V1ResourceFieldSelector atomic divisor:! resource:!
        V1ResourceHealth message:? resourceID:!
        V1ResourceQuota metadata:! spec:! status:!
        V1ResourceRequirements claims:map(name)
        V1ResourceRule verbs:!
        V1ResourceStatus name:! resources:map(resourceID)
        V1Role metadata:! rules:!
        V1RoleBinding metadata:! roleRef:!
        V1RoleRef atomic apiGroup:! kind:! name:!
        V1RollingUpdateDaemonSet maxSurge:? maxUnavailable:?
        V1RollingUpdateDeployment maxSurge:? maxUnavailable:?
        V1RollingUpdateStatefulSetStrategy maxUnavailable:? partition:?
        V1RuleWithOperations scope:?
        V1RuntimeClass handler:! metadata:!
        V1Scale metadata:! spec:! status:!
        V1ScaleIOPersistentVolumeSource gateway:! system:!
        V1ScaleIOVolumeSource gateway:! system:!
        V1ScaleStatus replicas:!
        V1Scheduling nodeSelector:atomic
        V1ScopeSelector atomic
        V1ScopedResourceSelectorRequirement operator:! scopeName:!
        V1SeccompProfile localhostProfile:? type:!
        V1Secret immutable:? metadata:!
        V1SecretEnvSource optional:?
        V1SecretKeySelector atomic key:! optional:?
        V1SecretProjection optional:?
        V1SecretReference atomic
        V1SecretVolumeSource defaultMode:? optional:?
        V1SecurityContext allowPrivilegeEscalation:? privileged:? procMount:? readOnlyRootFilesystem:? runAsGroup:? runAsNonRoot:? runAsUser:?
        V1SelectableField jsonPath:!
        V1SelfSubjectAccessReview metadata:! spec:! status:!
        V1SelfSubjectReview metadata:! status:!
        V1SelfSubjectReviewStatus userInfo:!
        V1SelfSubjectRulesReview metadata:! spec:! status:!
        V1ServerAddressByClientCIDR clientCIDR:! serverAddress:!
        V1Service metadata:! spec:! status:!
        V1ServiceAccount automountServiceAccountToken:? metadata:! secrets:map(name)|merge(name)
        V1ServiceAccountTokenProjection expirationSeconds:? path:!
        V1ServiceBackendPort atomic
        V1ServiceCIDR metadata:! spec:! status:!
        V1ServiceCIDRStatus conditions:map(type)|merge(type)
        V1ServicePort appProtocol:? port:! targetPort:!
        V1ServiceSpec allocateLoadBalancerNodePorts:? internalTrafficPolicy:? ipFamilyPolicy:? loadBalancerClass:? ports:map(port,protocol=TCP)|merge(port) selector:atomic trafficDistribution:?
        V1ServiceStatus conditions:map(type)|merge(type) loadBalancer:!
        V1ShardInfo selector:!
        V1SleepAction seconds:!
        V1StatefulSet metadata:! spec:! status:!
        V1StatefulSetCondition lastTransitionTime:! status:! type:!
        V1StatefulSetOrdinals start:!
        V1StatefulSetSpec replicas:? revisionHistoryLimit:? serviceName:! template:! updateStrategy:!
        V1StatefulSetStatus availableReplicas:! collisionCount:? conditions:map(type)|merge(type) replicas:!
        V1Status metadata:!
        V1StorageClass allowVolumeExpansion:? metadata:! provisioner:! reclaimPolicy:? volumeBindingMode:?
        V1SubjectAccessReview metadata:! spec:! status:!
        V1SubjectAccessReviewStatus allowed:!
        V1SubjectRulesReviewStatus incomplete:! nonResourceRules:! resourceRules:!
        V1SuccessPolicy rules:!
        V1SuccessPolicyRule succeededCount:? succeededIndexes:?
        V1Sysctl name:! value:!
        V1TCPSocketAction port:!
        V1Taint effect:! key:! timeAdded:?
        V1TokenRequestSpec audiences:! expirationSeconds:!?
        V1TokenRequestStatus expirationTimestamp:! token:!
        V1TokenReview metadata:! spec:! status:!
        V1TokenReviewStatus user:!
        V1Toleration tolerationSeconds:?
        V1TopologySelectorLabelRequirement key:! values:!
        V1TopologySelectorTerm atomic
        V1TopologySpreadConstraint maxSkew:! minDomains:? nodeAffinityPolicy:? nodeTaintsPolicy:? topologyKey:! whenUnsatisfiable:!
        V1TypedLocalObjectReference atomic apiGroup:!? kind:! name:!
        V1TypedObjectReference apiGroup:!? kind:! name:! namespace:?
        V1UncountedTerminatedPods failed:set succeeded:set
        V1ValidatingAdmissionPolicy metadata:! spec:! status:!
        V1ValidatingAdmissionPolicyBinding metadata:! spec:!
        V1ValidatingAdmissionPolicyBindingSpec validationActions:set
        V1ValidatingAdmissionPolicySpec failurePolicy:? matchConditions:map(name)|merge(name) variables:map(name)|merge(name)
        V1ValidatingAdmissionPolicyStatus conditions:map(type)
        V1ValidatingWebhook admissionReviewVersions:! clientConfig:! failurePolicy:? matchConditions:map(name)|merge(name) matchPolicy:? name:! sideEffects:!? timeoutSeconds:?
        V1ValidatingWebhookConfiguration metadata:! webhooks:map(name)|merge(name)
        V1Validation expression:! reason:?
        V1ValidationRule optionalOldSelf:? reason:? rule:!
        V1Variable atomic expression:! name:!
        V1Volume name:!
        V1VolumeAttachment metadata:! spec:! status:!
        V1VolumeAttachmentSource persistentVolumeName:?
        V1VolumeAttachmentSpec attacher:! nodeName:! source:!
        V1VolumeAttachmentStatus attached:!
        V1VolumeAttributesClass driverName:! metadata:!
        V1VolumeDevice devicePath:! name:!
        V1VolumeError errorCode:? time:!
        V1VolumeMount mountPath:! mountPropagation:? name:! recursiveReadOnly:?
        V1VolumeMountStatus mountPath:! name:! recursiveReadOnly:?
        V1VolumeNodeResources count:?
        V1VsphereVirtualDiskVolumeSource volumePath:!
        V1WatchEvent object:! type:!
        V1WebhookConversion conversionReviewVersions:!
        V1WeightedPodAffinityTerm podAffinityTerm:! weight:!
        V1WindowsSecurityContextOptions gmsaCredentialSpec:? gmsaCredentialSpecName:? hostProcess:? runAsUserName:?
        V2ContainerResourceMetricSource container:! name:! target:!
        V2ContainerResourceMetricStatus container:! current:! name:!
        V2CrossVersionObjectReference kind:! name:!
        V2ExternalMetricSource metric:! target:!
        V2ExternalMetricStatus current:! metric:!
        V2HPAScalingPolicy periodSeconds:! type:! value:!
        V2HPAScalingRules selectPolicy:? stabilizationWindowSeconds:? tolerance:?
        V2HorizontalPodAutoscaler metadata:! spec:! status:!
        V2HorizontalPodAutoscalerCondition lastTransitionTime:! status:! type:!
        V2HorizontalPodAutoscalerSpec maxReplicas:! minReplicas:? scaleTargetRef:!
        V2HorizontalPodAutoscalerStatus conditions:map(type)|merge(type) currentMetrics:! desiredReplicas:! lastScaleTime:? observedGeneration:?
        V2MetricIdentifier name:!
        V2MetricSpec type:!
        V2MetricStatus type:!
        V2MetricTarget averageUtilization:? averageValue:? type:! value:?
        V2MetricValueStatus averageUtilization:? averageValue:? value:?
        V2ObjectMetricSource describedObject:! metric:! target:!
        V2ObjectMetricStatus current:! describedObject:! metric:!
        V2PodsMetricSource metric:! target:!
        V2PodsMetricStatus current:! metric:!
        V2ResourceMetricSource name:! target:!
        V2ResourceMetricStatus current:! name:!
        """;
}
