#include "widgets/StatusLineAccessible.h"

#include "widgets/StatusLine.h"

#include <QAccessibleWidget>

namespace sockeye {
namespace {

/// Qt gives a plain widget a name only. This one also offers the sentence through the text interface, read-only.
class StatusLineAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit StatusLineAccessible(StatusLine *line)
        : QAccessibleWidget(line, QAccessible::StaticText)
    {
    }

    [[nodiscard]] void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value ? sentence() : QAccessibleWidget::text(what);
    }

    void selection(int, int *start, int *end) const override { *start = *end = 0; }
    [[nodiscard]] int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    [[nodiscard]] int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    [[nodiscard]] QString text(int start, int end) const override { return sentence().mid(start, end - start); }
    [[nodiscard]] int characterCount() const override { return static_cast<int>(sentence().size()); }
    [[nodiscard]] QRect characterRect(int) const override { return rect(); }
    [[nodiscard]] int offsetAtPoint(const QPoint &) const override { return -1; }
    void scrollToSubstring(int, int) override {}
    [[nodiscard]] QString attributes(int, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    [[nodiscard]] QString sentence() const
    {
        const auto *line = qobject_cast<const StatusLine *>(widget());
        return line ? line->text() : QString();
    }
};

QAccessibleInterface *create(const QString &className, QObject *object)
{
    if (className != QLatin1StringView(StatusLine::staticMetaObject.className()))
        return nullptr;
    auto *line = qobject_cast<StatusLine *>(object);
    return line ? new StatusLineAccessible(line) : nullptr;
}

} // namespace

void installStatusLineAccessible()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace sockeye
