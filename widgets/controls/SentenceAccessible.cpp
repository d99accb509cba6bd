#include "widgets/controls/SentenceAccessible.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace sockeye {
namespace {

/// Qt gives a plain widget a name only. This one also offers the sentence through the text interface, read-only.
class SentenceAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit SentenceAccessible(QWidget *widget)
        : QAccessibleWidget(widget, QAccessible::StaticText)
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
    [[nodiscard]] QString sentence() const { return widget() ? widget()->property("sentence").toString() : QString(); }
};

QAccessibleInterface *create(const QString &className, QObject *object)
{
    Q_UNUSED(className);
    auto *widget = qobject_cast<QWidget *>(object);
    // Asked for each class that an object is derived from: only a class of ours has it.
    const bool hasSentence = widget && widget->metaObject()->indexOfProperty("sentence") >= 0;
    return hasSentence ? new SentenceAccessible(widget) : nullptr;
}

} // namespace

void installSentenceAccessible()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace sockeye
