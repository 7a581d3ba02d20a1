package jp.musubi.contract.web;

import java.util.List;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;

/** What other features have to say on a contract's page, as its reader may use it. */
@Component
class Asides {
  private final List<Aside> asides;
  private final Organisations organisations;

  Asides(List<Aside> asides, Organisations organisations) {
    this.asides = List.copyOf(asides);
    this.organisations = organisations;
  }

  List<Aside.Note> of(Particulars contract, StaffMember reader) {
    var place = new Target(organisations.pathOf(contract.sectionId()), Set.of());
    var clerk = Authorisation.reach(reader, Act.HANDLE_CONTRACT).covers(place);
    return asides.stream()
        .flatMap(aside -> aside.of(contract).stream())
        .map(note -> note.forClerk() && !clerk ? note.withoutLink() : note)
        .toList();
  }
}
