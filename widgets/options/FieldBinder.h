#pragma once

#include "endpoint/EndpointCheck.h"

#include <QCoreApplication>
#include <QList>

#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QWidget;

namespace sockeye {

class NumberBox;
class OptionsForm;
class OptionsPage;
class SecondsBox;
class SecretField;
class SizeField;

/// Ties widgets of an options' page to fields of an Endpoint: a widget gets its bounds, its choices and its accessible
/// name from the field's row, shows and stores the field's value, and says when it changed. Where a widget stands in
/// the page is the page's own care.
class FieldBinder final
{
    Q_DECLARE_TR_FUNCTIONS(FieldBinder)

public:
    using Read = std::function<FieldValue()>;
    using Show = std::function<void(const FieldValue &)>;

    /// Problems are shown in the form; the page emits changed() when a widget does. Both outlive the binder.
    FieldBinder(OptionsPage &page, OptionsForm &form);
    FieldBinder(const FieldBinder &) = delete;
    FieldBinder &operator=(const FieldBinder &) = delete;
    ~FieldBinder();

    [[nodiscard]] QCheckBox *addSwitch(const EndpointField &field, const QString &text, const QString &toolTip);
    [[nodiscard]] QSpinBox *addInteger(const EndpointField &field, const QString &toolTip);
    [[nodiscard]] NumberBox *addNumber(const EndpointField &field, int digits, const QString &toolTip);
    /// Shows a share from 0 to 1 as 0 to 100 %.
    [[nodiscard]] NumberBox *addPercentage(const EndpointField &field, const QString &toolTip);
    /// One that can be off says so at 0.
    [[nodiscard]] SecondsBox *addSeconds(const EndpointField &field, const QString &toolTip);
    [[nodiscard]] SizeField *addSize(const EndpointField &field, const QString &toolTip);
    /// With the choices in this order; in the field's own if it is empty.
    [[nodiscard]] QComboBox *addChoice(const EndpointField &field, const QString &toolTip,
                                       const QList<qint64> &order = {});
    [[nodiscard]] QLineEdit *addText(const EndpointField &field, const QString &toolTip);
    /// A line with the entries separated by commas.
    [[nodiscard]] QLineEdit *addTextList(const EndpointField &field, const QString &toolTip);
    [[nodiscard]] SecretField *addSecret(const EndpointField &field, const QString &toolTip);
    /// A widget that is made and connected by the page.
    void add(const EndpointField &field, QWidget *widget, Read read, Show show);

    void load(const Endpoint &endpoint) const;
    void store(Endpoint &endpoint) const;
    /// Under each widget that stands in the form what is wrong with its field, or nothing.
    void showProblems(const QList<EndpointProblem> &problems) const;

private:
    struct Binding
    {
        /// A row of endpointFields().
        const EndpointField *field = nullptr;
        QWidget *widget = nullptr;
        Read read;
        Show show;
    };

    OptionsPage &m_page;
    OptionsForm &m_form;
    QList<Binding> m_bindings;
};

} // namespace sockeye
