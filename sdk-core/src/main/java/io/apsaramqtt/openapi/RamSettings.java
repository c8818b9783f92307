package io.apsaramqtt.openapi;

/**
 * What a user says of RAM.
 *
 * @param endpoints where it is asked
 * @param controlPolicies whether the account may be under control policies
 * @param resourceGroupPolicies whether policies may be attached in a resource group
 */
record RamSettings(RamEndpoints endpoints, boolean controlPolicies, boolean resourceGroupPolicies) {

    static final RamSettings STANDARD = new RamSettings(RamEndpoints.CENTRAL, true, true);

    RamSettings withEndpoints(RamEndpoints given) {
        return new RamSettings(given, controlPolicies, resourceGroupPolicies);
    }
}
