#include "widgets/options/FieldBinder.h"

#include "endpoint/InvisibleCharacters.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/options/OptionsPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHash>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int PercentFactor = 100;
constexpr int PercentDigits = 2;

} // namespace

FieldBinder::FieldBinder(OptionsPage &page, OptionsForm &form)
    : m_page(page)
    , m_form(form)
{
}

FieldBinder::~FieldBinder() = default;

QCheckBox *FieldBinder::addSwitch(const EndpointField &field, const QString &text, const QString &toolTip)
{
    auto *box = new QCheckBox(text, &m_page);
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(box->isChecked()); },
        [box](const FieldValue &value) { box->setChecked(std::get<bool>(value)); });
    QObject::connect(box, &QCheckBox::toggled, &m_page, &OptionsPage::changed);
    return box;
}

QSpinBox *FieldBinder::addInteger(const EndpointField &field, const QString &toolTip)
{
    auto *box = new QSpinBox(&m_page);
    box->setRange(static_cast<int>(field.bounds.lowest), static_cast<int>(field.bounds.highest));
    setFieldWidth(box);
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(qint64{box->value()}); },
        [box](const FieldValue &value) { box->setValue(static_cast<int>(std::get<qint64>(value))); });
    QObject::connect(box, &QSpinBox::valueChanged, &m_page, &OptionsPage::changed);
    return box;
}

NumberBox *FieldBinder::addNumber(const EndpointField &field, int digits, const QString &toolTip)
{
    auto *box = new NumberBox(field.bounds.lowest, field.bounds.highest, digits, &m_page);
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(box->value()); },
        [box](const FieldValue &value) { box->setValue(std::get<double>(value)); });
    QObject::connect(box, &QDoubleSpinBox::valueChanged, &m_page, &OptionsPage::changed);
    return box;
}

NumberBox *FieldBinder::addPercentage(const EndpointField &field, const QString &toolTip)
{
    auto *box = new NumberBox(field.bounds.lowest * PercentFactor, field.bounds.highest * PercentFactor, PercentDigits,
                              &m_page);
    box->setSuffix(tr(" %"));
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(box->value() / PercentFactor); },
        [box](const FieldValue &value) { box->setValue(std::get<double>(value) * PercentFactor); });
    QObject::connect(box, &QDoubleSpinBox::valueChanged, &m_page, &OptionsPage::changed);
    return box;
}

SecondsBox *FieldBinder::addSeconds(const EndpointField &field, const QString &toolTip)
{
    const auto lowest = std::chrono::milliseconds(static_cast<qint64>(field.bounds.lowest));
    auto *box = new SecondsBox(lowest, field.longest(), &m_page);
    if (field.canBeOff())
        box->setSpecialValueText(tr("Off"));
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(box->duration()); },
        [box](const FieldValue &value) { box->setDuration(std::get<std::chrono::milliseconds>(value)); });
    QObject::connect(box, &QDoubleSpinBox::valueChanged, &m_page, &OptionsPage::changed);
    return box;
}

SizeField *FieldBinder::addSize(const EndpointField &field, const QString &toolTip)
{
    auto *size =
        new SizeField(static_cast<qint64>(field.bounds.lowest), static_cast<qint64>(field.bounds.highest), &m_page);
    size->describe(field.name(), toolTip);
    add(
        field, size, [size] { return FieldValue(size->bytes()); },
        [size](const FieldValue &value) { size->setBytes(std::get<qint64>(value)); });
    QObject::connect(size, &SizeField::changed, &m_page, &OptionsPage::changed);
    return size;
}

QComboBox *FieldBinder::addChoice(const EndpointField &field, const QString &toolTip, const QList<qint64> &order)
{
    auto *box = new QComboBox(&m_page);
    for (qint64 i = 0; i < std::ssize(field.choices); ++i) {
        const qint64 choice = order.isEmpty() ? i : order[i];
        box->addItem(field.choiceLabel(choice), choice);
    }
    describe(box, field.name(), toolTip);
    add(
        field, box, [box] { return FieldValue(box->currentData().toLongLong()); },
        [box](const FieldValue &value) { box->setCurrentIndex(std::max(0, box->findData(std::get<qint64>(value)))); });
    QObject::connect(box, &QComboBox::currentIndexChanged, &m_page, &OptionsPage::changed);
    return box;
}

QLineEdit *FieldBinder::addText(const EndpointField &field, const QString &toolTip)
{
    auto *edit = new QLineEdit(&m_page);
    describe(edit, field.name(), toolTip);
    add(
        field, edit, [edit] { return FieldValue(withoutBlanks(edit->text()).toString()); },
        [edit](const FieldValue &value) { edit->setText(std::get<QString>(value)); });
    QObject::connect(edit, &QLineEdit::textChanged, &m_page, &OptionsPage::changed);
    return edit;
}

QLineEdit *FieldBinder::addTextList(const EndpointField &field, const QString &toolTip)
{
    auto *edit = new QLineEdit(&m_page);
    describe(edit, field.name(), toolTip);
    add(
        field, edit, [edit] { return FieldValue(listFromText(edit->text())); },
        [edit](const FieldValue &value) { edit->setText(std::get<QStringList>(value).join(u", "_s)); });
    QObject::connect(edit, &QLineEdit::textChanged, &m_page, &OptionsPage::changed);
    return edit;
}

SecretField *FieldBinder::addSecret(const EndpointField &field, const QString &toolTip)
{
    auto *secret = new SecretField(field.name(), toolTip, &m_page);
    add(
        field, secret, [secret] { return FieldValue(secret->text()); },
        [secret](const FieldValue &value) { secret->setText(std::get<QString>(value)); });
    QObject::connect(secret, &SecretField::changed, &m_page, &OptionsPage::changed);
    return secret;
}

void FieldBinder::add(const EndpointField &field, QWidget *widget, Read read, Show show)
{
    m_bindings.append({&field, widget, std::move(read), std::move(show)});
}

void FieldBinder::load(const Endpoint &endpoint) const
{
    for (const Binding &binding : m_bindings)
        binding.show(binding.field->value(endpoint));
}

void FieldBinder::store(Endpoint &endpoint) const
{
    for (const Binding &binding : m_bindings)
        binding.field->setValue(endpoint, binding.read());
}

void FieldBinder::showProblems(const QList<EndpointProblem> &problems) const
{
    // Several fields may share a row.
    QHash<QWidget *, QString> texts;
    for (const Binding &binding : m_bindings) {
        QWidget *row = m_form.rowOf(binding.widget);
        if (row && texts[row].isEmpty())
            texts[row] = problemOf(problems, *binding.field);
    }
    for (auto it = texts.cbegin(); it != texts.cend(); ++it)
        m_form.setProblem(it.key(), it.value());
}

} // namespace sockeye
