package jp.musubi.contract.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.OfficeSignatures;
import jp.musubi.staff.Role;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page after signing in: what waits, and for whom. */
@Controller
class HomeController {
  private static final int PRESSING = 10;
  private static final List<ContractFilter> COUNTED =
      List.of(
          ContractFilter.COUNTERPARTY,
          ContractFilter.DUE,
          ContractFilter.OFFICE,
          ContractFilter.STUCK,
          ContractFilter.DECLINED_LATELY);

  private final ContractSearch search;
  private final OfficeSignatures signatures;
  private final ContractLines lines;

  HomeController(ContractSearch search, OfficeSignatures signatures, ContractLines lines) {
    this.search = search;
    this.signatures = signatures;
    this.lines = lines;
  }

  @GetMapping("/")
  String home(@CurrentStaff StaffMember reader, Model model) {
    var counts = search.counts(EnumSet.copyOf(COUNTED));
    model.addAttribute(
        "page",
        new HomePage(
            reader.may(Role.CLERK),
            reader.may(Role.SIGNER) ? lines.toSign(signatures.awaiting(reader)) : List.of(),
            COUNTED.stream()
                .map(filter ->
                    new HomePage.Count(
                        "contract.filter." + filter,
                        counts.getOrDefault(filter, 0),
                        "/contracts?filter=" + filter.name().toLowerCase(Locale.ROOT)))
                .toList(),
            lines.of(search.pressing(PRESSING), reader)));
    return "contract/home";
  }
}
