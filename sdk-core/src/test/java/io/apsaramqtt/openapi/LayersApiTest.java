package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.openapi.CloudServer.Answer;
import io.apsaramqtt.openapi.LayersApi.Attached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersApiTest {

    private final RamAccount account = new RamAccount();
    private final Calls calls = new Calls();
    private final LayersApi layers =
            new LayersApi(calls.caller(), RamEndpoints.all(account.server.uri()), Calls.ACCESS_KEY);

    @AfterEach
    void stop() {
        account.server.close();
    }

    @Test
    void anAccountInNoDirectoryIsUnderNoControlPolicies() {
        assertThat(control()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1234567890, Enabled, false", // the management account, which control policies do not bind
        "99, Disabled, false",
        "99, Enabled, true",
        "99, PendingDisable, true",
        "99, '', true" // older answers do not say
    })
    void aMemberAccountIsUnderThemWhereTheyAreNotDisabled(String managedBy, String status, boolean unread) {
        account.server.on(
                "GetResourceDirectory",
                "{\"ResourceDirectory\":{\"ResourceDirectoryId\":\"rd-1\",\"MasterAccountId\":\"" + managedBy + "\""
                        + (status.isEmpty() ? "" : ",\"ControlPolicyStatus\":\"" + status + "\"") + "}}");
        assertThat(control().isPresent()).isEqualTo(unread);
        if (unread) {
            assertThat(control().orElseThrow()).contains("member of resource directory rd-1");
        }
    }

    @Test
    void aMissingRightAndAnyOtherFailureLeaveTheLayerUnread() {
        account.server.on("GetResourceDirectory", request -> Answer.refused(403, "NoPermission", "no"));
        assertThat(control()).contains("the right resourcemanager:GetResourceDirectory is missing");
        account.server.on("GetResourceDirectory", "{\"Resource");
        assertThat(control().orElseThrow()).contains("not valid JSON");
    }

    @Test
    void aUserItsGroupsAndARoleWithoutAttachmentsInResourceGroupsHaveNone() {
        PolicyKey own = account.policy("own", "mq:PUB");
        account.ofUser.add(own);
        account.ofRole.add(own);
        account.groups.put("sensors", List.of(own));
        assertThat(group(
                        Attached.toUser("gateway", List.of(own)),
                        Attached.toGroup("sensors", List.of(own)),
                        Attached.toRole("reader", List.of(own))))
                .isEmpty();
        assertThat(account.server.requests().stream()
                        .filter(request -> request.action().equals("ListPolicyAttachments"))
                        .map(request -> request.parameter("PrincipalType") + " " + request.parameter("PrincipalName")))
                .containsExactly(
                        "IMSUser gateway@demo.onaliyun.com",
                        "IMSGroup sensors@group.demo.onaliyun.com",
                        "ServiceRole reader@role.demo.onaliyunservice.com");
    }

    @Test
    void aPolicyInAResourceGroupLeavesTheLayerUnread() {
        account.server.on(
                "ListPolicyAttachments", RamAccount.attachments(List.of(new PolicyKey("Custom", "regional")), "rg-9"));
        assertThat(group(Attached.toUser("gateway", List.of())))
                .contains(
                        "policy regional holds in resource group rg-9; whether the instance is in it is not known here");
    }

    @Test
    void everyPageIsRead() {
        List<PolicyKey> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(new PolicyKey("Custom", "p" + i));
        }
        account.server.on("ListPolicyAttachments", request -> {
            int from = (Integer.parseInt(request.parameter("PageNumber")) - 1) * 100;
            String page = RamAccount.attachments(
                    many.subList(from, Math.min(250, from + 100)), from < 200 ? RamAccount.ID : "rg-last");
            return Answer.ok(page.replaceFirst("\"TotalCount\":\\d+", "\"TotalCount\":250"));
        });
        assertThat(group(Attached.toUser("gateway", List.of())).orElseThrow()).contains("p249 holds in resource group");
        assertThat(account.server.count("ListPolicyAttachments")).isEqualTo(3);
    }

    @Test
    void aListThatLacksWhatRamListsIsNotBelieved() {
        Attached user = Attached.toUser("gateway", List.of(new PolicyKey("Custom", "own")));
        assertThat(group(user)).contains("the attachments of gateway@demo.onaliyun.com lack what RAM lists for it");
    }

    @Test
    void aMissingRightLeavesTheLayerUnreadAndNamesItself() {
        account.server.on("ListPolicyAttachments", request -> Answer.refused(403, "NoPermission", "no"));
        assertThat(group(Attached.toUser("gateway", List.of())))
                .contains("the right ram:ListPolicyAttachments is missing");
        account.server.on("GetDefaultDomain", request -> Answer.refused(403, "NoPermission", "no"));
        assertThat(group(Attached.toUser("gateway", List.of()))).contains("the right ram:GetDefaultDomain is missing");
    }

    private Optional<String> control() {
        return layers.unreadControlPolicies(RamAccount.ID);
    }

    private Optional<String> group(Attached... principals) {
        return layers.unreadResourceGroupPolicies(RamAccount.ID, List.of(principals));
    }
}
