package jp.musubi.contract.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.ContractSearch;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The body's contracts, newest first. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class ListController {
  private static final int PAGE = 50;

  /** What is always offered; the home page's further filters show only when chosen. */
  private static final List<ContractFilter> OFFERED =
      List.of(
          ContractFilter.ALL,
          ContractFilter.DRAFT,
          ContractFilter.APPROVAL,
          ContractFilter.SCHEDULED,
          ContractFilter.COUNTERPARTY,
          ContractFilter.OFFICE,
          ContractFilter.CONCLUDING,
          ContractFilter.CONCLUDED,
          ContractFilter.COUNCIL,
          ContractFilter.DECLINED,
          ContractFilter.RETURNED,
          ContractFilter.WITHDRAWN,
          ContractFilter.EXPIRED,
          ContractFilter.ON_PAPER,
          ContractFilter.ELSEWHERE,
          ContractFilter.DISPOSED);

  private final ContractSearch search;
  private final ContractLines lines;

  ListController(ContractSearch search, ContractLines lines) {
    this.search = search;
    this.lines = lines;
  }

  @GetMapping("/contracts")
  String list(
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "all") String filter,
      @RequestParam(defaultValue = "") String words,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    var chosen = filter(filter);
    var sought = words.length() > 200 ? words.substring(0, 200) : words;
    var found =
        search.find(
            Authorisation.reach(reader, Act.SEE_CONTRACT),
            chosen,
            sought,
            after == null ? null : cursor(after),
            PAGE);
    model.addAttribute(
        "page",
        new ListPage(
            reader.may(Role.CLERK),
            Arrays.stream(ContractFilter.values())
                .filter(each -> OFFERED.contains(each) || each == chosen)
                .map(each ->
                    new ListPage.Choice(
                        "contract.filter." + each, path(each, sought, null), each == chosen))
                .toList(),
            parameter(chosen),
            sought,
            chosen == ContractFilter.ALL && sought.isBlank(),
            lines.of(found.contracts(), reader),
            found.next().map(next -> path(chosen, sought, next)).orElse(null)));
    return "contract/list";
  }

  private static ContractFilter filter(String parameter) {
    return Arrays.stream(ContractFilter.values())
        .filter(each -> parameter(each).equals(parameter))
        .findFirst()
        .orElseThrow(() -> new NotFound("filter " + parameter));
  }

  private static String parameter(ContractFilter filter) {
    return filter.name().toLowerCase(Locale.ROOT);
  }

  private static String path(
      ContractFilter filter, String words, ContractSearch.@Nullable Cursor after) {
    var path = UriComponentsBuilder.fromPath("/contracts").queryParam("filter", parameter(filter));
    if (!words.isBlank()) {
      path.queryParam("words", words);
    }
    if (after != null) {
      path.queryParam("after", after.createdAt() + "_" + after.id());
    }
    return path.build().toUriString();
  }

  private static ContractSearch.Cursor cursor(String text) {
    var parts = text.split("_", 2);
    try {
      return new ContractSearch.Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NotFound("page of contracts after " + text);
    }
  }
}
