package jp.musubi.contract;

import java.time.LocalDate;
import java.util.Optional;
import jp.musubi.organisation.Organisations;
import org.springframework.stereotype.Component;

/** Whether those whom a contract names as holders of its 契約名義 hold it on a day. */
@Component
class OfficeHolding {
  private final Organisations organisations;

  OfficeHolding(Organisations organisations) {
    this.organisations = organisations;
  }

  /** {@link Refusal.OfficeNotHeld} for the first who does not. */
  Optional<Refusal> refuses(Particulars contract, LocalDate day) {
    return contract.parties(Party.Kind.OFFICE).stream()
        .filter(party -> !holds(contract, party, day))
        .findFirst()
        .map(party -> new Refusal.OfficeNotHeld(party.title()));
  }

  private boolean holds(Particulars contract, Party party, LocalDate day) {
    return contract
        .officeId()
        .flatMap(office -> organisations.officeHeldOn(office, day))
        .filter(office -> office.holderId().equals(party.staffId()))
        .isPresent();
  }
}
