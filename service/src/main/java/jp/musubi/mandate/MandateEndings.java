package jp.musubi.mandate;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 委任の期限: the last days of 委任 that nobody has taken over yet, for whoever may see them. */
@Service
@Transactional(readOnly = true)
public class MandateEndings {
  /** What lasts longer is no matter of a calendar. */
  private static final int YEARS = 2;

  private final MandateStore store;
  private final Organisations organisations;

  MandateEndings(MandateStore store, Organisations organisations) {
    this.store = store;
    this.organisations = organisations;
  }

  /**
   * A 委任 that ends of itself.
   *
   * @param day the last one
   */
  public record Ending(UUID mandate, LocalDate day, String organisation, String agent) {}

  /** From today on, the nearest first; nothing for who may not see the register. */
  public List<Ending> seenBy(StaffMember reader) {
    if (Act.SEE_SUPPLIERS.roles().stream().noneMatch(reader::may)) {
      return List.of();
    }
    var today = organisations.today();
    return store.ending(today, today.plusYears(YEARS)).stream()
        .map(each ->
            new Ending(
                each.id(),
                each.said().scope().until(),
                each.holder().name(),
                each.said().agent().printed()))
        .toList();
  }
}
