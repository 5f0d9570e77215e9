export default function HomePage() {
  return <main>Millrace</main>;
}
