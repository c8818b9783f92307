package io.apsaramqtt.policy;

/** A layer of policies beside the account's own, of which it may be known only that it cannot be read. */
public enum UnreadLayer {
    /** Control policies of a resource directory, which bind its member accounts. */
    CONTROL_POLICIES,
    /** The policy passed to AssumeRole, if one was. */
    SESSION_POLICY,
    /** Policies that hold for the resources of a resource group only. */
    RESOURCE_GROUP_POLICIES
}
