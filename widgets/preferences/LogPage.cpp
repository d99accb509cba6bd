#include "widgets/preferences/LogPage.h"

#include "widgets/controls/Describe.h"
#include "widgets/log/LogZoom.h"
#include "widgets/options/OptionsForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <QVBoxLayout>

namespace sockeye {

LogPage::LogPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_look(LogLook::load(settings))
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addTimes();
    addRows();
    connect(m_time, &QComboBox::currentIndexChanged, this, &LogPage::keep);
    connect(m_delta, &QComboBox::currentIndexChanged, this, &LogPage::keep);
    connect(m_density, &QComboBox::currentIndexChanged, this, &LogPage::keep);
    connect(m_raw, &QCheckBox::toggled, this, &LogPage::keep);
    connect(m_same, &QCheckBox::toggled, this, &LogPage::keep);
    connect(m_zoom, &QSpinBox::valueChanged, this, &LogPage::keep);
}

QComboBox *LogPage::addChoice(const QString &label, const QString &name, const QString &toolTip)
{
    auto *box = new QComboBox(this);
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(box, name, toolTip);
    m_form->addRow(label, box);
    return box;
}

void LogPage::addTimes()
{
    m_time = addChoice(tr("&Times"), tr("Times"), tr("How the column Time says when an entry came"));
    m_time->addItem(tr("Local time"), static_cast<int>(TimeFormat::Local));
    m_time->addItem(tr("UTC"), static_cast<int>(TimeFormat::Utc));
    m_time->addItem(tr("Since the beginning"), static_cast<int>(TimeFormat::Relative));
    m_time->addItem(tr("Seconds of the Unix epoch"), static_cast<int>(TimeFormat::Epoch));
    m_time->setCurrentIndex(m_time->findData(static_cast<int>(m_look.time)));
    m_delta = addChoice(tr("&Delta since"), tr("Delta since"), tr("What the column Delta measures from"));
    m_delta->addItem(tr("The entry before"), static_cast<int>(DeltaFrom::Previous));
    m_delta->addItem(tr("The selected entry"), static_cast<int>(DeltaFrom::Selected));
    m_delta->setCurrentIndex(m_delta->findData(static_cast<int>(m_look.delta)));
}

void LogPage::addRows()
{
    m_density = addChoice(tr("&Rows"), tr("Density of rows"), tr("How close the log's rows stand"));
    m_density->addItem(tr("Compact in small windows"), static_cast<int>(LogDensity::Automatic));
    m_density->addItem(tr("Compact"), static_cast<int>(LogDensity::Compact));
    m_density->addItem(tr("Comfortable"), static_cast<int>(LogDensity::Comfortable));
    m_density->setCurrentIndex(m_density->findData(static_cast<int>(m_look.density)));
    m_zoom = new QSpinBox(this);
    m_zoom->setRange(LogZoom::Minimum, LogZoom::Maximum);
    m_zoom->setValue(m_look.zoom);
    m_zoom->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe(m_zoom, tr("Size of the text"),
             tr("Steps by which the log's text is larger than other data, or smaller; 0 for the same"));
    m_form->addRow(tr("&Size of the text"), m_zoom);
    m_raw = new QCheckBox(tr("Show previews as they &are"), this);
    m_raw->setChecked(m_look.rawPreview);
    describe(m_raw, tr("Raw previews"), tr("Show the text of JSON in previews, not its members lined up"));
    m_form->addRow({}, m_raw);
    m_same = new QCheckBox(tr("Di&m what did not change"), this);
    m_same->setChecked(m_look.dimsSame);
    describe(m_same, tr("Dim what did not change"),
             tr("Dim the values in previews that the message before of the same connection, direction and members had, "
                "too"));
    m_form->addRow({}, m_same);
    m_form->addNote(tr("Columns are chosen and moved at the log's header, by a right click or a drag."));
}

void LogPage::keep()
{
    // What the page does not show may have been changed at the log.
    m_look = LogLook::load(m_settings);
    m_look.time = static_cast<TimeFormat>(m_time->currentData().toInt());
    m_look.delta = static_cast<DeltaFrom>(m_delta->currentData().toInt());
    m_look.density = static_cast<LogDensity>(m_density->currentData().toInt());
    m_look.rawPreview = m_raw->isChecked();
    m_look.dimsSame = m_same->isChecked();
    m_look.zoom = m_zoom->value();
    m_look.save(m_settings);
    Q_EMIT lookChanged();
}

} // namespace sockeye
