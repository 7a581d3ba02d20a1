package jp.musubi.approval;

import static jp.musubi.approval.ApprovalHouse.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import jp.musubi.ServiceTest;
import jp.musubi.TestContract;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("同時の承認と差戻し")
class ApprovalRaceTest {
  private static final int ROUNDS = 12;

  @Autowired MockMvc mvc;
  @Autowired Vault vault;

  private ApprovalHouse house;
  private UUID deputy;

  @BeforeEach
  void aBodyWithARoute() {
    house = new ApprovalHouse(mvc);
    house.route(house.chiefPost);
    // Of the same section: who only sees it by being asked is told nothing once it is over.
    deputy = house.member("見本 係長", house.body.section());
    house.standIn(house.chief, deputy, 0, 2);
  }

  @Test
  @DisplayName("承認と差戻しが同時に押されても、どちらか一つだけになる")
  void endsInExactlyOneWay() throws Exception {
    var ends = new TreeMap<String, Integer>();
    for (var round = 0; round < ROUNDS; round++) {
      var draft = house.draft(vault);
      house.ask(draft);
      var approval = approval(draft);
      var path = "/contracts/" + draft.id() + "/approval";
      // Whoever is asked for first is turned about, lest one of the two always win.
      var acts = new ArrayList<Callable<Integer>>();
      acts.add(() -> press(house.chief, path + "/consent", approval));
      acts.add(() -> press(deputy, path + "/return", approval, "comment", "直してください"));
      var answers = together(round % 2 == 0 ? acts : acts.reversed());
      assertThat(answers).as("one was taken, one was refused").containsExactlyInAnyOrder(302, 409);
      var end = String.valueOf(state(draft));
      ends.merge(end, 1, Integer::sum);
      assertThat(
              ApprovalHouse.value(
                  """
                  select count(*) from audit_entry
                   where contract_id = ? and action in ('approval.completed', 'approval.returned')
                  """,
                  draft.id().value()))
          .isEqualTo("1");
      assertThat(
              ApprovalHouse.value(
                  "select count(*) from approval_seat where approval_id = ? and given_by is not null",
                  UUID.fromString(approval)))
          .isEqualTo(end.equals("APPROVED") ? "1" : "0");
    }
    assertThat(ends.keySet()).isSubsetOf("APPROVED", "RETURNED");
  }

  @Test
  @DisplayName("承認を求めるのと下書きを直すのが同時でも、求めた内容は変わらない")
  void settlesTheDraftAsItWasReviewed() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var draft = house.draft(vault);
      var path = "/contracts/" + draft.id();
      var version =
          ApprovalHouse.value("select version from contract where id = ?", draft.id().value());
      var acts = new ArrayList<Callable<Integer>>();
      acts.add(() ->
          status(
              path + "/approval/request",
              "idempotencyKey",
              UUID.randomUUID().toString(),
              "version",
              String.valueOf(version),
              "document",
              draft.prepared().hex()));
      acts.add(() ->
          status(
              path + "/terms",
              "title",
              "直した件名",
              "kind",
              "WORKS",
              "deadline",
              ApprovalHouse.day(14),
              "deadlineTime",
              "17:00",
              "readingYears",
              "10"));
      var answers = together(round % 2 == 0 ? acts : acts.reversed());
      assertThat(answers).containsExactlyInAnyOrder(302, 409);
      // Either it is under approval exactly as it stands, or it was changed and nothing was asked.
      assertThat(
              ApprovalHouse.value(
                  """
                  select count(*) from approval a join contract c on c.id = a.contract_id
                   where c.id = ? and a.version <> c.version
                  """,
                  draft.id().value()))
          .isEqualTo("0");
    }
  }

  @Test
  @DisplayName("一括承認と一件の承認が同時でも、互いに待ち合わない")
  void neverWaitsInACircle() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var drafts = List.of(house.draft(vault), house.draft(vault), house.draft(vault));
      var picked = new ArrayList<String>();
      for (var draft : drafts) {
        house.ask(draft);
        picked.add(approval(draft));
      }
      picked.sort(Comparator.comparing(UUID::fromString));
      var values = new ArrayList<String>(List.of("idempotencyKey", UUID.randomUUID().toString()));
      picked.forEach(id -> values.addAll(List.of("picked", id)));
      var last = picked.getLast();
      var contract =
          ApprovalHouse.value(
              "select contract_id from approval where id = ?", UUID.fromString(last));
      var acts = new ArrayList<Callable<Integer>>();
      acts.add(() ->
          house
              .press(house.chief, "/approvals", values.toArray(String[]::new))
              .andReturn()
              .getResponse()
              .getStatus());
      acts.add(() -> press(deputy, "/contracts/" + contract + "/approval/consent", last));
      var answers = together(round % 2 == 0 ? acts : acts.reversed());
      assertThat(answers).contains(200).allMatch(status -> status < 500);
      assertThat(drafts).allMatch(draft -> "APPROVED".equals(state(draft)));
    }
  }

  private static String approval(TestContract draft) {
    return String.valueOf(
        ApprovalHouse.value("select id from approval where contract_id = ?", draft.id().value()));
  }

  private int press(UUID who, String path, String approval, String... more) throws Exception {
    var values = new ArrayList<>(List.of(more));
    values.addAll(List.of("idempotencyKey", UUID.randomUUID().toString(), "approval", approval));
    return house
        .press(who, path, values.toArray(String[]::new))
        .andReturn()
        .getResponse()
        .getStatus();
  }

  private int status(String path, String... values) throws Exception {
    return house.press(house.body.clerk(), path, values).andReturn().getResponse().getStatus();
  }

  /** Both at the same moment. */
  private static List<Integer> together(List<Callable<Integer>> acts) throws Exception {
    var start = new CyclicBarrier(acts.size());
    try (var threads = Executors.newFixedThreadPool(acts.size())) {
      var running =
          acts.stream()
              .map(act ->
                  threads.submit(() -> {
                    start.await();
                    return act.call();
                  }))
              .toList();
      var answers = new ArrayList<Integer>();
      for (var each : running) {
        answers.add(each.get());
      }
      return answers;
    }
  }
}
