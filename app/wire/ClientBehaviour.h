#pragma once

#include <QString>

namespace sockeye {

/// How other clients take what a server should not send, as seen by running them (docs/clients.md): "Chromium and
/// Firefox fail here; Python goes on." Empty for a rule that was not tried. The rule is the name of a finding or of a
/// check.
[[nodiscard]] QString clientBehaviour(QStringView rule);
/// The text, with that behind it.
[[nodiscard]] QString withClientBehaviour(const QString &text, QStringView rule);

} // namespace sockeye
