package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Copies;
import jp.musubi.contract.Relation;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** この契約をもとに作る: a copy, a change, a correction, or one that takes its place. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/copy")
class CopyController {
  private static final String MERE_COPY = "COPY";

  private final Contracts contracts;
  private final Copies copies;
  private final FormKeys keys;
  private final Words words;

  CopyController(Contracts contracts, Copies copies, FormKeys keys, Words words) {
    this.contracts = contracts;
    this.copies = copies;
    this.keys = keys;
    this.words = words;
  }

  /** The page that asks what for. */
  record Page(String path, String title, String key, Field relation) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var contract = contracts.get(new ContractId(id));
    var choices =
        Stream.concat(
                Arrays.stream(Relation.values())
                    .filter(relation -> relation.suits(contract.state()))
                    .map(Relation::name),
                Stream.of(MERE_COPY))
            .map(name -> new Option(name, words.of("contract.copy." + name)))
            .toList();
    var path = "/contracts/" + id;
    return new ModelAndView("contract/copy")
        .addObject(
            "page",
            new Page(
                path,
                contract.title(),
                keys.next(),
                Field.required("relation", "contract.copy.relation")
                    .offering(choices)
                    .with(choices.getFirst().value())))
        .addObject("crumbs", ShowController.crumbs(words, contract.title(), path));
  }

  @PostMapping
  ModelAndView copy(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam(defaultValue = MERE_COPY) String relation,
      HttpServletRequest request) {
    var how = Arrays.stream(Relation.values()).filter(r -> r.name().equals(relation)).findAny();
    var draft =
        copies.copy(new ContractId(id), how, idempotencyKey, clerk, request.getRemoteAddr());
    return new ModelAndView(
        // Whoever goes back to a contract has another document to say it with.
        "redirect:/contracts/" + draft + (how.isPresent() ? "/document" : "/parties"));
  }
}
