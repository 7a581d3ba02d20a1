package jp.musubi.approval;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.staff.Posts;
import jp.musubi.staff.StaffRegister;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who sits where today, and what posts and people are called. */
@Component
@Transactional(readOnly = true)
class People {
  private final Posts posts;
  private final StandIns standIns;
  private final StaffRegister register;
  private final Organisations organisations;
  private final ApprovalRules rules;

  People(
      Posts posts,
      StandIns standIns,
      StaffRegister register,
      Organisations organisations,
      ApprovalRules rules) {
    this.posts = posts;
    this.standIns = standIns;
    this.register = register;
    this.organisations = organisations;
    this.rules = rules;
  }

  /** The seats of these posts today. */
  Seats seats(Collection<UUID> ofPosts) {
    var today = organisations.today();
    Map<UUID, Set<UUID>> holders = new HashMap<>();
    for (var post : Set.copyOf(ofPosts)) {
      holders.put(
          post,
          posts.holdersOn(post, today).stream()
              .map(Posts.Holding::staff)
              .collect(Collectors.toUnmodifiableSet()));
    }
    return new Seats(holders, standIns.on(today));
  }

  /** The house as it would decide about an approval now. */
  Approval.House house(Approval approval, Particulars contract) {
    return new Approval.House(
        seats(approval.asked().steps().stream().flatMap(s -> s.posts().stream()).toList()),
        Set.copyOf(List.of(approval.asked().clerk(), contract.clerkId())),
        rules.current().ownAllowed());
  }

  /** A post with its section: 建設部 道路課　道路課長. */
  String post(UUID id) {
    var post = posts.get(id);
    return organisations.section(post.section()).map(Section::name).orElse("") + "　" + post.title();
  }

  /** What a member of staff is called, active or not. */
  String name(UUID person) {
    return register.get(person).name();
  }
}
