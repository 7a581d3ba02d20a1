package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;

import jp.musubi.TestBody;
import jp.musubi.harness.Case;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** 廃棄: confirmed by the second person, then erased file by file. */
public final class DisposalScenario {
  private final MockMvc mvc;
  private final Vault vault;
  private final Erasing erasing;
  private final String password;

  /** On the running service. */
  public DisposalScenario(ApplicationContext context) {
    mvc = context.getBean(MockMvc.class);
    vault = context.getBean(Vault.class);
    erasing = context.getBean(Erasing.class);
    password = context.getBean(PasswordEncoder.class).encode(TestBody.PASSWORD);
  }

  /** Plays it once. */
  public void play(Case each) throws Exception {
    // Of this contract nothing was really sealed.
    each.countOnly(violation ->
        violation.code().startsWith("erased-")
            || violation.code().startsWith("disposed-")
            || violation.code().startsWith("disposal-")
            || violation.code().startsWith("chain-"));
    var house = new DisposalHouse(mvc, vault, each.body(), password);
    var contract = house.due();
    var before = house.stored();
    var proposal = house.propose(house.admin, contract);
    each.step(
        "confirm",
        () -> house.confirm(house.approver, proposal),
        () -> DisposalHouse.state(contract).equals("DISPOSED"));
    for (var runs = 0; runs < 3 && !erased(contract); runs++) {
      each.work("erase", () -> Tenancy.in(each.body().id(), erasing::run));
    }

    assertThat(house.stored()).isEqualTo(before - 3);
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from audit_entry where action = 'disposal.erased'"
                    + " and contract_id = ?",
                contract))
        .isEqualTo("1");
  }

  private static boolean erased(java.util.UUID contract) {
    return DisposalHouse.text(
            "select count(*)::text from disposal_record where contract_id = ?"
                + " and erased_at is not null",
            contract)
        .equals("1");
  }
}
