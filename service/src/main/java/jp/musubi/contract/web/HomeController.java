package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.contract.Awaited;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.ContractSummary;
import jp.musubi.contract.OfficeSignatures;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page after signing in: what waits, and for whom. */
@Controller
@Needs(Act.BE_SIGNED_IN)
class HomeController {
  private static final int PRESSING = 10;
  private static final List<ContractFilter> COUNTED =
      List.of(
          ContractFilter.APPROVAL,
          ContractFilter.COUNTERPARTY,
          ContractFilter.DUE,
          ContractFilter.OFFICE,
          ContractFilter.STUCK,
          ContractFilter.DECLINED_LATELY,
          ContractFilter.RETURNED_LATELY);

  private final ContractSearch search;
  private final OfficeSignatures signatures;
  private final List<Awaited> awaited;
  private final ContractLines lines;

  HomeController(
      ContractSearch search,
      OfficeSignatures signatures,
      List<Awaited> awaited,
      ContractLines lines) {
    this.search = search;
    this.signatures = signatures;
    this.awaited = List.copyOf(awaited);
    this.lines = lines;
  }

  @GetMapping("/")
  String home(@CurrentStaff StaffMember reader, Model model) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    // Operators and the secretariat see no contracts; numbers that lead nowhere would mock them.
    var counted =
        Act.LIST_CONTRACTS.roles().stream().anyMatch(reader::may)
            ? COUNTED
            : List.<ContractFilter>of();
    var counts = search.counts(reach, EnumSet.copyOf(COUNTED));
    var toSign = reader.may(Role.SIGNER) ? signatures.awaiting(reader) : List.<ContractSummary>of();
    // What is asked of the reader above is not told a second time.
    var pressing =
        search.pressing(reach, PRESSING + toSign.size()).stream()
            .filter(contract -> !toSign.contains(contract))
            .limit(PRESSING)
            .toList();
    var numbers = new ArrayList<Awaited.Count>();
    awaited.forEach(each -> numbers.addAll(each.of(reader)));
    counted.forEach(filter ->
        numbers.add(
            new Awaited.Count(
                "contract.filter." + filter,
                counts.getOrDefault(filter, 0),
                "/contracts?filter=" + filter.name().toLowerCase(Locale.ROOT))));
    model.addAttribute(
        "page",
        new HomePage(
            reader.may(Role.CLERK), lines.toSign(toSign), numbers, lines.of(pressing, reader)));
    return "contract/home";
  }
}
