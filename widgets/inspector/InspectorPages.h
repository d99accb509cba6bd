#pragma once

#include <QList>

class QWidget;

namespace sockeye {

class InspectorContext;
class InspectorPage;

/// The pages of an inspector, in the order of their tabs. The context outlives them.
[[nodiscard]] QList<InspectorPage *> makeInspectorPages(InspectorContext &context, QWidget *parent);

} // namespace sockeye
