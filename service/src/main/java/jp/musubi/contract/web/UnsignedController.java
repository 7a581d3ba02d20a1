package jp.musubi.contract.web;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractSearch;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.OfficeRegister;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * What was sent in the name of an office and is not signed: to be looked at when holders change.
 */
@Controller
class UnsignedController {
  private final ContractSearch search;
  private final OfficeRegister offices;
  private final Organisations organisations;
  private final Words words;

  UnsignedController(
      ContractSearch search, OfficeRegister offices, Organisations organisations, Words words) {
    this.search = search;
    this.offices = offices;
    this.organisations = organisations;
    this.words = words;
  }

  @GetMapping("/offices/{id}/unsigned")
  @Needs(Act.SEE_OFFICES)
  ModelAndView unsigned(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    var office = offices.office(id);
    var holder =
        organisations.officeHeldOn(id, organisations.today()).map(Office::holderId).orElse(null);
    var rows =
        search.unsigned(Authorisation.reach(reader, Act.SEE_CONTRACT), id).stream()
            .map(contract -> row(contract, Objects.equals(contract.holder(), holder)))
            .toList();
    var path = "/offices/" + id;
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                words.of("contract.unsigned.heading", office.title()),
                List.of(
                    new Crumb(words.of("contract.crumb.home"), "/"),
                    new Crumb(words.of("office.list"), "/offices"),
                    new Crumb(office.title(), path),
                    new Crumb(words.of("contract.unsigned.title"), path + "/unsigned")))
            .led(Text.of("contract.unsigned.lead"))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("contract.unsigned.title"),
                        List.of(
                            "contract.title", "contract.unsigned.party", "contract.unsigned.state"),
                        rows,
                        "contract.unsigned.none"))));
  }

  private List<Sheet.Cell> row(ContractSearch.Unsigned contract, boolean same) {
    return List.of(
        Sheet.Cell.link(contract.title(), "/contracts/" + contract.id()).noted(contract.number()),
        Sheet.Cell.of(contract.holderName()),
        Sheet.Cell.of(words.of(same ? "contract.unsigned.same" : "contract.unsigned.other")));
  }
}
