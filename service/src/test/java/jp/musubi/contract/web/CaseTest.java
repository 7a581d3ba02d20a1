package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Relation;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("案件は")
class CaseTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private TestBody body;
  private UUID original;
  private UUID change;
  private UUID acceptance;
  private UUID completion;

  @BeforeEach
  void aCase() {
    body = TestBody.create("-");
    original = contract("橋の補修", 1_100_000);
    change = contract("橋の補修（変更）", 1_320_000);
    acceptance = contract("橋の補修 請書", 1_100_000);
    completion = contract("橋の補修 完成届", 1_320_000);
    contract("公園の清掃", 220_000);
    link(change, Relation.CHANGE, original);
    link(acceptance, Relation.ACCEPTANCE, original);
    link(completion, Relation.COMPLETION, original);
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        insert into contract_attachment (tenant_id, id, contract_id, ordinal, kind, role, name,
               media_type, bytes, pages, sha256, original_sha256, added_by, added_at)
        values ('%s', gen_random_uuid(), '%s', 0, 'OTHER', 'INTERNAL', '検査調書.pdf',
                'application/pdf', 1, 1, repeat('a', 64), repeat('a', 64), '%s', now()); end $$
        """
            .formatted(body.id().value(), change, body.clerk()));
  }

  @Test
  @DisplayName("原契約、変更契約、請書、完成の書類と、保管した書類を、どれから開いても一つの画面にまとめる")
  void showsAllOfACaseOnOnePage() throws Exception {
    for (var from : new UUID[] {original, change, acceptance, completion}) {
      var page = page(body.viewer(), "/contracts/" + from + "/case");
      assertThat(page.select("tbody").getFirst().select("th a").eachText())
          .containsExactlyInAnyOrder("橋の補修", "橋の補修（変更）", "橋の補修 請書", "橋の補修 完成届");
      assertThat(page.select("tbody").getFirst().text())
          .contains("請書", "変更契約", "完成・検査の書類", "1,320,000円");
      assertThat(page.text()).contains("検査調書.pdf").doesNotContain("公園の清掃");
      assertThat(page("/contracts/" + from).select("a[href$=/case]")).hasSize(1);
    }
    var register = page("/register");
    assertThat(register.select("tbody a[href$=/case]")).hasSize(4);
    assertThat(register.select("tbody a[href$=/" + change + "/case]").attr("aria-label"))
        .isEqualTo("「橋の補修（変更）」の案件");
  }

  @Test
  @DisplayName("見られない契約も、その書類も、つながりがあることも示さない")
  void showsNothingOfWhatOneMayNotKnow() throws Exception {
    var folder = UUID.randomUUID();
    TestPeople.run(
        "insert into folder (tenant_id, id, section_id, name, confined, made_at)"
            + " values (?, ?, ?, '親展', true, now())",
        body.id().value(),
        folder,
        body.section());
    TestPeople.run(
        "insert into folder_contract values (?, ?, ?, now())", body.id().value(), change, folder);
    var further = contract("橋の補修（その後）", 1_430_000);
    link(further, Relation.CHANGE, change);
    var seen = page("/contracts/" + original + "/case");
    assertThat(seen.select("tbody").text()).contains("橋の補修 請書").doesNotContain("変更", "検査調書", "その後");
    assertThat(page("/contracts/" + further + "/case").select("tbody").text())
        .contains("その後")
        .doesNotContain("請書", "1,100,000円");
    assertThat(page("/register").select("tbody a[href$=/case]")).hasSize(3);
    assertThat(
            mvc.perform(
                    get("/contracts/" + change + "/case").with(TestPeople.as(body, body.viewer())))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
  }

  private Document page(String path) throws Exception {
    return page(body.viewer(), path);
  }

  private Document page(UUID reader, String path) throws Exception {
    var answer =
        mvc.perform(get(path).with(TestPeople.as(body, reader)).accept("text/html"))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }

  private UUID contract(String title, long amount) {
    var id = TestContract.draft(body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'CONCLUDED', title = '%s', amount = %d, final_sha256 = prepared_sha256,
               certificate_sha256 = prepared_sha256, certificate_masked_sha256 = prepared_sha256,
               dispatched_at = now(), deadline = now() + interval '1 day', concluded_at = now()
         where id = '%s'; end $$
        """
            .formatted(title, amount, id));
    return id;
  }

  private void link(UUID contract, Relation relation, UUID to) {
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        insert into contract_origin (tenant_id, contract_id, relation, original_id)
        values ('%s', '%s', '%s', '%s'); end $$
        """
            .formatted(body.id().value(), contract, relation, to));
  }
}
