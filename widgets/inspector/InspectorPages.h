#pragma once

#include <QStringList>

class QWidget;

namespace sockeye {

class InspectorContext;
class InspectorPage;

/// The pages of an inspector, in the order of their tabs. The context outlives them.
[[nodiscard]] QList<InspectorPage *> makeInspectorPages(InspectorContext &context, QWidget *parent);
/// Their titles, in the same order.
[[nodiscard]] QStringList inspectorPageTitles();

} // namespace sockeye
