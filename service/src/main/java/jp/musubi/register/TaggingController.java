package jp.musubi.register;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** タグを付ける: for who handles the contract, in whatever state it is. */
@Controller
@RequestMapping("/contracts/{id}/tags")
@Needs(Act.HANDLE_CONTRACT)
class TaggingController {
  private final Tags tags;
  private final Contracts contracts;
  private final Book book;

  TaggingController(Tags tags, Contracts contracts, Book book) {
    this.tags = tags;
    this.contracts = contracts;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    var path = "/contracts/" + id;
    var has =
        tags.of(List.of(id)).getOrDefault(id, List.of()).stream()
            .map(Tag::id)
            .collect(Collectors.toSet());
    var open = tags.open();
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                book.of("register.tagging"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("register.tagging", path + "/tags")),
                path + "/tags",
                open.stream()
                    .map(tag ->
                        Field.called(tag.field(), "register.tag", tag.name(), false)
                            .drawn(Form.TICK)
                            .with(has.contains(tag.id()) ? "true" : ""))
                    .toList(),
                "register.tagging.submit",
                path)
            .led(Text.of(open.isEmpty() ? "register.tagging.none" : "register.tagging.lead")));
  }

  @PostMapping
  String put(
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> typed,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var wanted =
        tags.open().stream()
            .filter(tag -> typed.containsKey(tag.field()))
            .map(Tag::id)
            .collect(Collectors.toSet());
    tags.put(
        contracts.get(new ContractId(id)).id(), wanted, clerk.actor(), request.getRemoteAddr());
    return "redirect:/contracts/" + id;
  }
}
