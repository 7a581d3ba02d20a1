package jp.musubi.register;

import java.util.Optional;
import jp.musubi.contract.Particulars;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 保存年限の延長: a correction of the register that only ever lengthens. */
@Service
@Transactional
public class Keepings {
  private final Entries entries;

  Keepings(Entries entries) {
    this.entries = entries;
  }

  /** Why it was not lengthened. */
  public enum Refusal {
    /** Neither a number of years nor 永年. */
    UNREADABLE,
    /** Not longer than it is. */
    NOT_LONGER
  }

  /** 保存年限 as people write it: 5年, 永年; empty where none is noted. */
  @Transactional(readOnly = true)
  public String shown(Particulars contract) {
    return entries.find(contract.id()).entry().keeping().map(Keeping::toString).orElse("");
  }

  /**
   * Lengthens it, with its reason in the register and in the record.
   *
   * @param typed 10, １０年, 永年
   */
  public Optional<Refusal> extend(
      Particulars contract, String typed, String reason, StaffMember by, String clientIp) {
    var keeping = Keeping.parse(typed);
    if (keeping.isEmpty()) {
      return Optional.of(Refusal.UNREADABLE);
    }
    var stored = entries.find(contract.id());
    var before = stored.entry();
    if (before.keeping().filter(old -> length(keeping.get()) <= length(old)).isPresent()) {
      return Optional.of(Refusal.NOT_LONGER);
    }
    var after =
        new Entry(
            before.pricing(),
            before.longTerm(),
            before.debtBurden(),
            before.budgetClause(),
            before.fiscalYear(),
            before.decision(),
            keeping,
            before.values());
    entries.correct(contract, stored.version(), after, reason, by, clientIp);
    return Optional.empty();
  }

  private static int length(Keeping keeping) {
    return keeping.years().orElse(Integer.MAX_VALUE);
  }
}
